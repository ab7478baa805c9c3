import type { Result } from "@raadhuis/client";
import { type CreatedMeeting, NewMeeting, type Organ, type Person } from "@raadhuis/protocol/http";
import { useState } from "react";
import { doing, useDoing } from "../../api/doing.ts";
import { inSession } from "../../api/house.ts";
import { useLoaded } from "../../api/loaded.ts";
import { MeetingForm } from "./MeetingForm.tsx";
import { PersonalLinks } from "./PersonalLinks.tsx";

/** Whom and what a meeting can be of: a draft names them, and sent before these are known it would leave them out. */
interface Choices {
  people: Person[];
  organs: Organ[];
}

export async function loader(): Promise<Result<Choices>> {
  const [people, organs] = await Promise.all([inSession.people.list(), inSession.organs.list()]);
  if (!people.ok) return people;
  if (!organs.ok) return organs;
  return { ok: true, value: { people: people.value, organs: organs.value } };
}

export const action = doing(NewMeeting, (meeting) => inSession.meetings.plan({ body: meeting }));

/** First the form; after it, this once, everybody's link. */
export function Component() {
  const { value, failure } = useLoaded<Choices>();
  const plan = useDoing(action, "/office/meetings/new");
  const [created, setCreated] = useState<CreatedMeeting | null>(null);
  const submit = async (meeting: NewMeeting) => {
    const result = await plan(meeting);
    if (!result.ok) return result;
    setCreated(result.value);
    return null;
  };
  if (created) return <PersonalLinks meeting={created.meeting} links={created.links} />;
  return <MeetingForm {...value} problem={failure?.code ?? null} onSubmit={submit} />;
}
