import { firstTwins, Title, wordFault } from "@raadhuis/meeting";
import type { NewMeeting, Person } from "@raadhuis/protocol";
import { useId, useMemo, useState } from "react";
import { Alert } from "../../../design/parts/Alert.tsx";
import { Button } from "../../../design/parts/Button.tsx";
import { Confirm } from "../../../design/parts/Confirm.tsx";
import { CheckField, SelectField, TextField } from "../../../design/parts/Field.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { useTimes } from "../../../i18n/zone.ts";
import { oneLine } from "../../oneLine.ts";
import { OfficePage } from "../office/OfficePage.tsx";
import type { Words } from "../people/list/readList.ts";
import { AgendaField } from "./AgendaField.tsx";
import { MOST_ITEMS, type ReadAgenda, readAgenda } from "./agenda.ts";
import { SeatsChooser } from "./SeatsChooser.tsx";
import { instantOf, type Start, StartField } from "./StartField.tsx";
import { nextHour } from "./wallTime.ts";

interface Props {
  people: Person[];
  problem: string | null;
  busy: boolean;
  onSubmit(meeting: NewMeeting): void;
}

const kinds = ["public", "closed", "call"] as const;
type Kind = (typeof kinds)[number];

const noAgenda: ReadAgenda = { items: [], leftOut: [] };

/** Everything a meeting needs, on one page. */
export function MeetingForm({ people, problem, busy, onSubmit }: Props) {
  const { t } = useWords();
  const { zone, day, time } = useTimes();
  const form = useId();
  const [title, setTitle] = useState("");
  const [start, setStart] = useState<Start>(() => ({ wall: nextHour(Date.now(), zone), second: false }));
  const [askPast, setAskPast] = useState(false);
  const [kind, setKind] = useState<Kind>("public");
  const [recording, setRecording] = useState(true);
  const [agendaText, setAgendaText] = useState("");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [extra, setExtra] = useState<Words[]>([]);
  const [marks, setMarks] = useState(true);
  const agenda = useMemo(
    () => (kind === "call" ? noAgenda : readAgenda(agendaText, { marks })),
    [kind, agendaText, marks],
  );
  const seats = [
    ...people.filter(({ id }) => !left.has(id)).map(({ name, party, role }) => ({ name, party, role })),
    ...extra,
  ];

  const twins = firstTwins(seats.map(({ name }) => name));
  const titleFault = title === "" ? null : wordFault(Title, oneLine(title));
  const startsAt = instantOf(start, zone);
  const agendaSound = agenda.items.length <= MOST_ITEMS && agenda.items.every(({ fault }) => fault === null);
  // An empty field is said by the browser.
  const startSound = startsAt !== null || start.wall === "";
  const sound = agendaSound && startSound && titleFault === null && twins === null;
  const submit = () => {
    setAskPast(false);
    if (!sound || startsAt === null) return;
    onSubmit({
      kind,
      title: oneLine(title),
      startsAt,
      recording: kind === "public" && recording,
      agenda: agenda.items.map((item) => item.title),
      seats,
    });
  };

  return (
    <OfficePage title={t("meetings.newTitle")}>
      <div className="stack">
        <form
          id={form}
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (startsAt !== null && startsAt < Date.now()) setAskPast(true);
            else submit();
          }}
        >
          <TextField
            label={t("meeting.title")}
            required
            maxLength={300}
            {...(titleFault ? { error: t("meeting.titleFault") } : {})}
            data-testid="meeting-title"
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
          <div className="fields">
            <StartField start={start} onChange={setStart} />
            <SelectField
              label={t("meeting.kind")}
              data-testid="meeting-kind"
              options={kinds.map((value) => ({ value, text: t(`meeting.kind.${value}`) }))}
              value={kind}
              onChange={(event) => setKind(kinds.find((one) => one === event.target.value) ?? "public")}
            />
          </div>
          {kind === "public" ? (
            <CheckField
              label={t("meeting.recording")}
              hint={t("meeting.recordingHint")}
              data-testid="meeting-recording"
              checked={recording}
              onChange={(event) => setRecording(event.target.checked)}
            />
          ) : null}
          {kind === "call" ? null : (
            <AgendaField text={agendaText} agenda={agenda} marks={marks} onText={setAgendaText} onMarks={setMarks} />
          )}
        </form>
        <SeatsChooser
          people={people}
          left={left}
          extra={extra}
          count={seats.length}
          onLeave={setLeft}
          onExtra={setExtra}
        />
        {twins ? (
          <div role="alert" data-testid="seat-twins">
            <Alert type="error">{t("seats.twins", { who: seats[twins.index]?.name ?? "" })}</Alert>
          </div>
        ) : null}
        <Problem code={problem} />
        {askPast && startsAt !== null ? (
          <Confirm
            question={t("meeting.past")}
            explanation={t("meeting.pastText", { day: day(startsAt), time: time(startsAt) })}
            act={t("meeting.pastAct")}
            cancel={t("meeting.pastCancel")}
            onConfirm={submit}
            onCancel={() => setAskPast(false)}
          />
        ) : null}
        <div className="row">
          <Button
            type="submit"
            form={form}
            kind="primary"
            disabled={seats.length === 0 || !sound || busy}
            data-testid="meeting-submit"
          >
            {t("meeting.create")}
          </Button>
          {agendaSound && startSound && titleFault === null ? null : <p className="muted">{t("meeting.first")}</p>}
        </div>
      </div>
    </OfficePage>
  );
}
