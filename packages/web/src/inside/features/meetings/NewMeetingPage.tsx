import type { CreatedMeeting, NewMeeting } from "@raadhuis/protocol/http";
import { useState } from "react";
import { inSession } from "../../api/house.ts";
import { Waiting } from "../../Waiting.tsx";
import { useOrgans } from "../organs/useOrgans.ts";
import { useRoster } from "../people/useRoster.ts";
import { MeetingForm } from "./MeetingForm.tsx";
import { PersonalLinks } from "./PersonalLinks.tsx";

/** First the form; after it, this once, everybody's link. */
export function NewMeetingPage() {
  const roster = useRoster();
  const { organs, ...council } = useOrgans();
  const [created, setCreated] = useState<CreatedMeeting | null>(null);
  const submit = async (meeting: NewMeeting) => {
    const result = await inSession.meetings.plan({ body: meeting });
    if (result.ok) setCreated(result.value);
    // Somebody else changed them meanwhile.
    else if (result.code === "person.unknown") await roster.look();
    else if (result.code === "organ.unknown") await council.look();
    return result.ok ? null : result;
  };
  if (created) return <PersonalLinks meeting={created.meeting} links={created.links} />;
  const problem = roster.code ?? council.code;
  // A draft that is there again names people and an organ: sent before these are known it would leave them out.
  if (!problem && (!roster.asked || organs === null)) return <Waiting />;
  return <MeetingForm people={roster.people} organs={organs ?? []} problem={problem} onSubmit={submit} />;
}
