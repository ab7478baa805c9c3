import { z } from "zod";
import { accept, planningRule, refuse } from "../command.ts";
import { formOf } from "../forms.ts";
import { BodyId, Instant, OrganId } from "../ids.ts";
import { BodyName, MeetingKind, OrganName, Title } from "../words.ts";

/** The office plans a meeting. Only a public one can be recorded. */
export const planMeeting = planningRule({
  name: "planMeeting",
  fields: {
    kind: MeetingKind,
    bodyId: BodyId.nullable().default(null),
    body: BodyName,
    organId: OrganId.nullable().default(null),
    organ: OrganName.nullable().default(null),
    title: Title,
    startsAt: Instant,
    recording: z.boolean(),
  },
  decide({ body, organ, title, ...structure }, { actor }) {
    if (actor.kind !== "account") return refuse("role.not-allowed", "Only the office plans meetings.");
    if (structure.recording && !formOf(structure).recording)
      return refuse("meeting.kind", "Only a public meeting can be recorded.");
    return accept({ type: "meeting.planned", structure, payload: { body, organ, title } });
  },
});
