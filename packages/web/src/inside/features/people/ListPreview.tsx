import { MOST_OF_LIST } from "@raadhuis/protocol/http";
import { useCallback, useEffect, useRef, useState } from "react";
import { Alert } from "../../../design/parts/Alert.tsx";
import { Button } from "../../../design/parts/Button.tsx";
import { SelectField } from "../../../design/parts/Field.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { joined } from "../../../i18n/isolate.ts";
import { useWords } from "../../words.ts";
import styles from "./ListPreview.module.css";
import { ListRow } from "./ListRow.tsx";
import type { Mending } from "./list/readList.ts";
import { delimiters, isDelimiter } from "./list/table.ts";
import { RoleQuestions } from "./RoleQuestions.tsx";
import type { ListInHand } from "./useList.ts";

/** Lines that are shown at first, beside those that want something. */
const SHOWN = 30;

/** The list as it will be taken in, before it is. */
export function ListPreview({ hand }: { hand: ListInHand }) {
  const { t } = useWords();
  const { list, wanted } = hand;
  // Rows stay as they are while another one is mended.
  const mend = useRef(hand.mend);
  mend.current = hand.mend;
  const onMend = useCallback((line: number, mending: Mending) => mend.current(line, mending), []);
  const known = list.lines.filter((line) => line.known !== null && line.leftOut === false).length;
  const wrong = list.lines.filter(({ fault }) => fault !== null);
  // What wants mending stands on top, and stays there while it is mended.
  const refused = refusedRow(hand);
  const onTop = list.lines.filter(
    ({ fault, line }) => fault !== null || hand.choices.mendings[line] !== undefined || line === refused?.line,
  );
  const rest = list.lines.filter((line) => !onTop.includes(line));
  const [all, setAll] = useState(false);
  const rows = useRef<HTMLOListElement>(null);
  const refusedLine = refused?.line;
  useEffect(() => {
    if (refusedLine === undefined) return;
    rows.current?.querySelector<HTMLElement>(`[data-line="${refusedLine}"] [aria-invalid="true"]`)?.focus();
  }, [refusedLine]);
  const shown = [...(all ? onTop : onTop.slice(0, SHOWN)), ...(all ? rest : rest.slice(0, SHOWN))];
  const [first] = wrong;
  const count = wanted.fresh + wanted.changing;
  return (
    <section className="card" data-testid="list-preview" aria-labelledby="list-preview">
      <h2 id="list-preview">{t("people.list.title")}</h2>
      <div className={styles.facts}>
        <div>
          <p aria-live="polite">{facts(hand, known, wrong.length, t).join(" · ")}</p>
          <ul className="muted">
            <li>{t(list.heading ? "people.list.heading" : "people.list.noHeading")}</li>
            {list.above > 0 ? <li>{t("people.list.above", { count: list.above })}</li> : null}
            {list.unused.length > 0 ? <li>{t("people.list.unused", { columns: joined(list.unused, ", ") })}</li> : null}
          </ul>
        </div>
        <SelectField
          label={t("people.list.delimiter")}
          data-testid="list-delimiter"
          options={Object.keys(delimiters)
            .filter(isDelimiter)
            .map((value) => ({ value, text: t(`people.list.delimiter.${value}`) }))}
          value={list.delimiter}
          onChange={({ target: { value } }) => isDelimiter(value) && hand.choose({ delimiter: value, mendings: {} })}
        />
      </div>
      {list.broken ? <Alert type="error">{t("people.list.broken", { line: list.broken.line })}</Alert> : null}
      {wanted.tooMany ? (
        <Alert type="error">{t("people.list.tooMany", { count: wanted.people.length, most: MOST_OF_LIST })}</Alert>
      ) : null}
      <RoleQuestions hand={hand} />
      {known > 0 ? (
        <fieldset className={styles.ask}>
          <legend>{t("people.list.known", { count: known })}</legend>
          {(["keep", "change"] as const).map((choice) => (
            <label key={choice} className={styles.choice}>
              <input
                type="radio"
                name="known"
                data-testid={`list-${choice}`}
                checked={hand.known === choice}
                onChange={() => hand.setKnown(choice)}
              />
              {t(`people.list.known.${choice}`)}
            </label>
          ))}
        </fieldset>
      ) : null}
      {first ? (
        <div role="status">
          <Alert type="warning">{t("people.list.wrong", { count: wrong.length, first: first.line })}</Alert>
        </div>
      ) : null}
      <ol className="list" ref={rows}>
        {shown.map((line) => (
          <ListRow
            key={line.line}
            line={line}
            changing={hand.known === "change"}
            refused={line.line === refused?.line ? refused : null}
            onMend={onMend}
          />
        ))}
      </ol>
      {shown.length < list.lines.length ? (
        <div className="row">
          <Button small data-testid="list-all" onClick={() => setAll(true)}>
            {t("people.list.all", { count: list.lines.length })}
          </Button>
        </div>
      ) : null}
      {hand.refused && refused === null ? (
        <div>
          {hand.refused.line === null ? null : <p>{t("people.list.line", { line: hand.refused.line })}</p>}
          <Problem code={hand.refused.code} wait={hand.refused.wait} />
        </div>
      ) : null}
      <div className="row">
        <Button
          kind="primary"
          data-testid="paste-add"
          busy={hand.busy}
          disabled={!hand.settled || !wanted.ready || count === 0}
          onClick={() => void hand.submit()}
        >
          {t("people.pasteSubmit", { count })}
        </Button>
        {wanted.ready ? null : <p className="muted">{t("people.list.first")}</p>}
      </div>
    </section>
  );
}

/** A refusal of one field of a line; `null`: there is none, or it is of something else. */
function refusedRow({ refused }: ListInHand): { line: number; field: "name" | "party"; code: string } | null {
  const field = refused?.at?.field;
  if (!refused || refused.line === null || (field !== "name" && field !== "party")) return null;
  return { line: refused.line, field, code: refused.code };
}

function facts(hand: ListInHand, known: number, wrong: number, t: ReturnType<typeof useWords>["t"]): string[] {
  const { list } = hand;
  const fresh = list.lines.filter(
    (line) => line.known === null && line.leftOut === false && line.fault === null,
  ).length;
  const leftOut = list.lines.filter((line) => line.leftOut !== false).length;
  return [
    t("people.list.fresh", { count: fresh }),
    ...(known > 0 ? [t("people.list.count.known", { count: known })] : []),
    ...(leftOut > 0 ? [t("people.list.count.leftOut", { count: leftOut })] : []),
    ...(wrong > 0 ? [t("people.list.count.wrong", { count: wrong })] : []),
  ];
}
