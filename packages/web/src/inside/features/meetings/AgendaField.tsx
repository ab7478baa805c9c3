import { useId, useRef } from "react";
import { Alert } from "../../../design/parts/Alert.tsx";
import { Button } from "../../../design/parts/Button.tsx";
import { CheckField, TextArea } from "../../../design/parts/Field.tsx";
import { useWords } from "../../words.ts";
import styles from "./AgendaField.module.css";
import { MOST_ITEMS, type ReadAgenda, selectionOf } from "./agenda.ts";

interface Props {
  /** What is typed. */
  field: { label: string; value: string; error: string | null; onChange(event: { target: { value: string } }): void };
  agenda: ReadAgenda;
  /** Whether numbers, letters and bullets in front are taken off. */
  marks: boolean;
  onMarks(marks: boolean): void;
}

/** No font of ours has what Word draws there. */
const wordBullet = /[\u{F000}-\u{F0FF}]/gu;

/** The agenda as it is pasted, and beside it as it will be; what cannot be so is named by its line. */
export function AgendaField({ field, agenda, marks, onMarks }: Props) {
  const { t } = useWords();
  const id = useId();
  const { items, leftOut } = agenda;
  const { value: text, error, ...rest } = field;
  const place = useRef<HTMLDivElement>(null);
  const wrong = items.flatMap(({ fault, ...item }) => (fault === null ? [] : [{ ...item, fault }]));
  // What is wrong is named by its line, as soon as it stands there.
  const faults = { "aria-describedby": `${id}-faults` };
  const show = (line: number) => {
    const area = place.current?.querySelector("textarea");
    if (!area) return;
    const [start, end] = selectionOf(text, line);
    area.focus();
    area.setSelectionRange(start, end);
    area.scrollTop = (area.scrollHeight * start) / Math.max(text.length, 1) - area.clientHeight / 2;
  };
  return (
    <div className="two">
      <div className="stack stack--tight" ref={place}>
        <TextArea
          {...rest}
          hint={t("meeting.agendaHint")}
          rows={10}
          data-testid="meeting-agenda"
          value={text}
          {...(wrong.length > 0 || items.length > MOST_ITEMS ? { "aria-invalid": true, ...faults } : { error })}
        />
        <CheckField
          label={t("meeting.agendaMarks")}
          data-testid="meeting-marks"
          checked={marks}
          onChange={(event) => onMarks(event.target.checked)}
        />
        <div role="alert" id={`${id}-faults`} className="stack stack--tight">
          {items.length > MOST_ITEMS ? (
            <Alert type="error">{t("meeting.agendaTooMany", { count: items.length, most: MOST_ITEMS })}</Alert>
          ) : null}
          {wrong.map(({ line, fault, title }) => (
            <div key={line} data-testid="agenda-fault" data-line={line} data-fault={fault}>
              <Alert type="error">
                {t(`meeting.agendaFault.${fault}`, { line, length: title.length, start: title.slice(0, 40) })}{" "}
                <Button small onClick={() => show(line)}>
                  {t("meeting.agendaShow", { line })}
                </Button>
              </Alert>
            </div>
          ))}
        </div>
      </div>
      <section className="group" aria-live="polite">
        <h2>{t("meeting.agendaPreview", { count: items.length })}</h2>
        {items.length === 0 ? <p className="muted">{t("meeting.agendaNone")}</p> : null}
        <ol className={styles.items}>
          {items.map(({ line, title, mark, fault }) => (
            <li key={line} data-testid="agenda-preview" className={fault ? styles.wrong : undefined}>
              <span>
                <bdi>{title}</bdi>
                {mark === "" ? null : <del className={styles.mark}>{mark.replace(wordBullet, "•")}</del>}
              </span>
            </li>
          ))}
        </ol>
        {leftOut.length > 0 ? (
          <p className="muted">
            {t("meeting.agendaLeftOut")}{" "}
            {leftOut.map(({ line, text }) => t("meeting.agendaLine", { line, text })).join("; ")}
          </p>
        ) : null}
      </section>
    </div>
  );
}
