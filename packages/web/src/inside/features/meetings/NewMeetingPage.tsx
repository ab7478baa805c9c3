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
  const submit = async (meeting: NewMeeting) => {
    const result = await api.createMeeting(meeting);
    if (!result.ok) return result;
    setCreated(result.value);
    return null;
  };
  if (created) return <PersonalLinks meeting={created.meeting} links={created.links} />;
  return <MeetingForm people={people} problem={code} onSubmit={submit} />;
}
