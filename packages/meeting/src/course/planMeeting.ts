import { z } from "zod";
import { accept, planningRule, refuse } from "../command.ts";
import { Instant } from "../ids.ts";
import { BodyName, MeetingKind, Title } from "../words.ts";

/** The office plans a meeting. Only a public one can be recorded. */
export const planMeeting = planningRule({
  name: "planMeeting",
  fields: { kind: MeetingKind, body: BodyName, title: Title, startsAt: Instant, recording: z.boolean() },
  decide({ kind, body, title, startsAt, recording }, { actor }) {
    if (actor.kind !== "office") return refuse("role.not-allowed", "Only the office plans meetings.");
    if (recording && kind !== "public") return refuse("meeting.kind", "Only a public meeting can be recorded.");
    return accept({ type: "meeting.planned", structure: { kind, startsAt, recording }, payload: { body, title } });
  },
});
