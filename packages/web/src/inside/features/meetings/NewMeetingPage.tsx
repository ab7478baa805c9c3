import type { CreatedMeeting, NewMeeting } from "@raadhuis/protocol";
import { useState } from "react";
import * as api from "../../api/office.ts";
import { useRoster } from "../people/useRoster.ts";
import { MeetingForm } from "./MeetingForm.tsx";
import { PersonalLinks } from "./PersonalLinks.tsx";

/** First the form; after it, this once, everybody's link. */
export function NewMeetingPage() {
  const { people, code } = useRoster();
  const [created, setCreated] = useState<CreatedMeeting | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (meeting: NewMeeting) => {
    setBusy(true);
    const result = await api.createMeeting(meeting);
    if (result.ok) setCreated(result.value);
    else setProblem(result.code);
    setBusy(false);
  };
  if (created) return <PersonalLinks meeting={created.meeting} links={created.links} />;
  return (
    <MeetingForm people={people} problem={problem ?? code} busy={busy} onSubmit={(meeting) => void submit(meeting)} />
  );
}
