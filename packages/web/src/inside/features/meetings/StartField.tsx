import { SelectField, TextField } from "../../../design/parts/Field.tsx";
import { useTimes } from "../../../i18n/zone.ts";
import { useWords } from "../../words.ts";
import { momentOf } from "./wallTime.ts";

/** What stands in the field, by the body's clock, and which of the two is meant where that time comes twice. */
export interface Start {
  wall: string;
  second: boolean;
}

/** ms; `null`: nothing yet, or a time that there is not. */
export function instantOf({ wall, second }: Start, zone: string): number | null {
  const moment = momentOf(wall, zone);
  if (moment.kind === "twice") return second ? moment.second : moment.first;
  return moment.kind === "once" ? moment.at : null;
}

interface Props {
  start: Start;
  /** What is wrong with it, in words, where it is not the clocks that make it none. */
  error: string | null;
  onChange(start: Start): void;
}

/** When the meeting starts. Says whose time it is, and asks where the clocks make it none or two. */
export function StartField({ start, error, onChange }: Props) {
  const { t } = useWords();
  const { zone, place, here } = useTimes();
  const moment = momentOf(start.wall, zone);
  const at = instantOf(start, zone);
  const own = at === null ? null : here(at);
  return (
    <>
      <TextField
        label={t("meeting.starts")}
        hint={own === null ? t("meeting.startsIn", { place }) : t("meeting.startsHere", { place, here: own })}
        error={moment.kind === "never" ? t("meeting.startsNever", { place }) : error}
        type="datetime-local"
        aria-required
        min="1970-01-02T00:00"
        max="9999-12-30T23:59"
        data-testid="meeting-starts"
        value={start.wall}
        onChange={(event) => onChange({ wall: event.target.value, second: false })}
      />
      {moment.kind === "twice" ? (
        <SelectField
          label={t("meeting.startsWhich")}
          hint={t("meeting.startsTwice", { place })}
          data-testid="meeting-which"
          options={[
            { value: "first", text: t("meeting.startsFirst") },
            { value: "second", text: t("meeting.startsSecond") },
          ]}
          value={start.second ? "second" : "first"}
          onChange={(event) => onChange({ ...start, second: event.target.value === "second" })}
        />
      ) : null}
    </>
  );
}
