import type { NewMeeting, Person } from "@raadhuis/protocol";
import { useId, useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { CheckField, SelectField, TextArea, TextField } from "../../../design/parts/Field.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { OfficePage } from "../office/OfficePage.tsx";
import type { PastedPerson } from "../people/paste.ts";
import { agendaOf } from "./agenda.ts";
import { localInput, nextHour } from "./localTime.ts";
import { SeatsChooser } from "./SeatsChooser.tsx";

interface Props {
  people: Person[];
  problem: string | null;
  onSubmit(meeting: NewMeeting): void;
}

const kinds = ["public", "closed", "call"] as const;
type Kind = (typeof kinds)[number];

/** Everything a meeting needs, on one page. */
export function MeetingForm({ people, problem, onSubmit }: Props) {
  const { t } = useWords();
  const form = useId();
  const [title, setTitle] = useState("");
  const [starts, setStarts] = useState(() => localInput(nextHour(Date.now())));
  const [kind, setKind] = useState<Kind>("public");
  const [recording, setRecording] = useState(true);
  const [agendaText, setAgendaText] = useState("");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [extra, setExtra] = useState<PastedPerson[]>([]);
  const agenda = kind === "call" ? [] : agendaOf(agendaText);
  const seats = [
    ...people.filter(({ id }) => !left.has(id)).map(({ name, party, role }) => ({ name, party, role })),
    ...extra,
  ];

  return (
    <OfficePage title={t("meetings.newTitle")}>
      <div className="stack">
        <form
          id={form}
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit({
              kind,
              title,
              startsAt: new Date(starts).getTime(),
              recording: kind === "public" && recording,
              agenda,
              seats,
            });
          }}
        >
          <TextField
            label={t("meeting.title")}
            required
            maxLength={300}
            data-testid="meeting-title"
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
          <div className="fields">
            <TextField
              label={t("meeting.starts")}
              type="datetime-local"
              required
              data-testid="meeting-starts"
              value={starts}
              onChange={(event) => setStarts(event.target.value)}
            />
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
            <div className="two">
              <TextArea
                label={t("agenda.title")}
                hint={t("meeting.agendaHint")}
                rows={8}
                data-testid="meeting-agenda"
                value={agendaText}
                onChange={(event) => setAgendaText(event.target.value)}
              />
              <section className="group" aria-live="polite">
                <h2>{t("meeting.agendaPreview", { count: agenda.length })}</h2>
                <ol className="numbered">
                  {agenda.map((item, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a preview; lines have no identity of their own.
                    <li key={index}>{item}</li>
                  ))}
                </ol>
              </section>
            </div>
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
        <Problem code={problem} />
        <div className="row">
          <Button type="submit" form={form} kind="primary" disabled={seats.length === 0} data-testid="meeting-submit">
            {t("meeting.create")}
          </Button>
        </div>
      </div>
    </OfficePage>
  );
}
