import { memo, useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { TextField } from "../../../design/parts/Field.tsx";
import { joined } from "../../../i18n/isolate.ts";
import { useWords } from "../../words.ts";
import styles from "./ListRow.module.css";
import type { ListLine, Mending } from "./list/readList.ts";
import { type LineState, stateOf } from "./list/state.ts";
import { differs } from "./useList.ts";

/** What stands out: what wants something, and who is new. */
const dress: Partial<Record<LineState, string | undefined>> = {
  wrong: styles.wrong,
  asked: styles.asked,
  new: styles.new,
};

interface Props {
  line: ListLine;
  /** Whether those of the roster become as the list has them. */
  changing: boolean;
  /** Why the house refused it, and in which field. */
  refused: { field: string; code: string } | null;
  onMend(line: number, mending: Mending): void;
}

/** One line of the list as it will be taken in, what is wrong with it, and the means to put that right. */
export const ListRow = memo(function ListRow({ line, changing, refused, onMend }: Props) {
  const { t, problem } = useWords();
  const [open, setOpen] = useState(false);
  const { name, party, role, roleWord, fault, leftOut, known } = line;
  const kept = known !== null && !changing;
  const state = stateOf(line);
  const error = fault
    ? fault.why === "twice"
      ? t("people.list.fault.name.twice", { other: fault.other, name, party: party ?? "…" })
      : t(`people.list.fault.${fault.field}.${fault.why}`)
    : null;
  const edits = (open || fault !== null || refused !== null) && leftOut === false;
  const errorOf = (field: "name" | "party") =>
    fault?.field === field ? error : refused?.field === field ? problem(refused.code) : null;
  return (
    <li
      className={styles.row}
      data-testid="list-row"
      data-line={line.line}
      data-state={state}
      data-field={fault?.field}
    >
      <span className={styles.line}>{t("people.list.line", { line: line.line })}</span>
      <span className="who">
        <strong>
          <bdi>{(kept ? known.name : name) || t("people.list.noName")}</bdi>
        </strong>
        <span className="who-more">
          {kept ? more(t(`role.${known.role}`), known.party) : more(role ? t(`role.${role}`) : roleWord, party)}
        </span>
        {known && changing && differs(line) ? (
          <span className="who-more">{t("people.list.was", { was: more(t(`role.${known.role}`), known.party) })}</span>
        ) : null}
      </span>
      <span className={`badge ${dress[state] ?? ""}`}>
        {typeof leftOut === "number"
          ? t("people.list.state.same", { other: leftOut })
          : t(`people.list.state.${state === "known" && changing && differs(line) ? "changing" : state}`)}
      </span>
      <span className={`row row--tight ${styles.acts}`}>
        {fault === null && leftOut === false ? (
          <Button small kind="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t("people.edit")}
          </Button>
        ) : null}
        {typeof leftOut === "number" ? null : (
          <Button
            small
            kind="subtle"
            data-testid="list-leave-out"
            onClick={() => onMend(line.line, { leftOut: leftOut === false })}
          >
            {t(leftOut === false ? "people.list.leaveOut" : "people.list.takeIn")}
          </Button>
        )}
      </span>
      {edits ? (
        <div className={styles.mend}>
          <div className="fields">
            <TextField
              label={t("person.name")}
              value={name}
              autoComplete="off"
              data-testid="list-name"
              error={errorOf("name")}
              onChange={(event) => {
                setOpen(true);
                onMend(line.line, { name: event.target.value });
              }}
            />
            <TextField
              label={t("person.party")}
              value={party ?? ""}
              autoComplete="off"
              data-testid="list-party"
              error={errorOf("party")}
              onChange={(event) => {
                setOpen(true);
                onMend(line.line, { party: event.target.value });
              }}
            />
          </div>
        </div>
      ) : null}
    </li>
  );
});

const more = (role: string, party: string | null): string => joined([role, party]);

/** `wrong` and `asked` want something of the clerk. */
