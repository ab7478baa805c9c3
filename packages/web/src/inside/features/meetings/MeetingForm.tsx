import type { Failure } from "@raadhuis/client";
import { formOf } from "@raadhuis/meeting";
import type { NewMeeting, Organ, Person } from "@raadhuis/protocol/http";
import { useId, useState } from "react";
import { Confirm } from "../../../design/parts/Confirm.tsx";
import { CheckField, SelectField, TextField } from "../../../design/parts/Field.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useTimes } from "../../../i18n/zone.ts";
import { DraftNote, Form, Submit } from "../../form/Form.tsx";
import { useWords } from "../../words.ts";
import { OfficePage } from "../office/OfficePage.tsx";
import { OrganField } from "../organs/OrganField.tsx";
import { AgendaField } from "./AgendaField.tsx";
import { SeatsChooser } from "./SeatsChooser.tsx";
import { StartField } from "./StartField.tsx";
import { useMeetingForm } from "./useMeetingForm.ts";

interface Props {
  people: Person[];
  organs: Organ[];
  /** Why the roster or the organs are not there. */
  problem: string | null;
  /** Resolves to why it was not made. */
  onSubmit(meeting: NewMeeting): Promise<Failure | null>;
}

const kinds = ["public", "private", "call"] as const;

/** Everything a meeting needs, on one page. */
export function MeetingForm({ people, organs, problem, onSubmit }: Props) {
  const { t } = useWords();
  const { day, time } = useTimes();
  const id = useId();
  const { form, agenda, organ, seats, startsAt, sound } = useMeetingForm({ people, organs, onSubmit });
  const { kind, recording } = form.values;
  const has = formOf({ kind });
  /** The start that is in the past, while it is asked whether it is meant. */
  const [past, setPast] = useState<number | null>(null);
  const submit = async () => {
    if (sound && startsAt !== null && startsAt < Date.now()) setPast(startsAt);
    else await form.submit();
  };

  return (
    <OfficePage title={t("meetings.newTitle")}>
      <div className="stack">
        <DraftNote form={form} />
        <Form form={{ ...form, submit }} id={id}>
          <TextField aria-required data-testid="meeting-title" {...form.field("title", t("meeting.title"))} />
          <OrganField
            organs={organs}
            organ={organ}
            error={form.errorOf("organ", t("meeting.organ"))}
            onChange={(organ) => form.set({ organ })}
          />
          <div className="fields">
            <StartField
              start={form.values.start}
              error={form.errorOf("start", t("meeting.starts"))}
              onChange={(start) => form.set({ start })}
            />
            <SelectField
              label={t("meeting.kind")}
              data-testid="meeting-kind"
              options={kinds.map((value) => ({ value, text: t(`meeting.kind.${value}`) }))}
              value={kind}
              onChange={(event) => form.set({ kind: kinds.find((one) => one === event.target.value) ?? "public" })}
            />
          </div>
          {has.recording ? (
            <CheckField
              label={t("meeting.recording")}
              hint={t("meeting.recordingHint")}
              data-testid="meeting-recording"
              checked={recording}
              onChange={(event) => form.set({ recording: event.target.checked })}
            />
          ) : null}
          {has.agenda ? (
            <AgendaField
              field={form.field("agenda", t("agenda.title"))}
              agenda={agenda}
              marks={form.values.marks}
              onMarks={(marks) => form.set({ marks })}
            />
          ) : null}
        </Form>
        <SeatsChooser
          people={people}
          seats={form.values.seats}
          count={seats.length}
          form={id}
          error={form.errorOf("seats", t("seats.field"))}
          onSeats={(seats) => form.set({ seats })}
        />
        <Problem code={problem} />
        {past === null ? null : (
          <Confirm
            question={t("meeting.past")}
            explanation={t("meeting.pastText", { day: day(past), time: time(past) })}
            act={t("meeting.pastAct")}
            cancel={t("meeting.pastCancel")}
            onConfirm={() => {
              setPast(null);
              void form.submit();
            }}
            onCancel={() => setPast(null)}
          />
        )}
        <Submit form={form} of={id} label={t("meeting.create")} kind="primary" testId="meeting-submit" />
      </div>
    </OfficePage>
  );
}
