import { MeetingKind, OrganId, PersonName, Phase, Role, Title } from "@raadhuis/meeting";
import { z } from "zod";
import { PartyOrNone } from "./words.ts";

const LATEST = Date.UTC(10_000, 0);

export const NewMeeting = z.strictObject({
  kind: MeetingKind,
  organ: OrganId.optional().describe("Id of the organ it is of. Without one: the body as a whole."),
  title: Title,
  startsAt: z
    .int()
    .nonnegative()
    .lt(LATEST)
    .describe(
      "Milliseconds since 1970-01-01 UTC, before the year 10000. May be in the past: a page asks, and nobody forbids it.",
    ),
  recording: z.boolean().describe("Whether a public meeting is recorded. No other ever is."),
  agenda: z.array(Title).max(200).describe("Titles, in their order."),
  seats: z
    .array(
      z.strictObject({
        name: PersonName,
        party: PartyOrNone,
        role: Role,
        person: z
          .string()
          .max(32)
          .optional()
          .describe("Id of the person of the roster that it is for: never in the record, nor told to anybody."),
      }),
    )
    .min(1)
    .max(500),
});
/** As whoever asks writes it. */
export type NewMeeting = z.input<typeof NewMeeting>;
/** As it was parsed. */
export type MeetingPlan = z.output<typeof NewMeeting>;

export const SeatLink = z.object({ seat: z.string(), name: z.string().nullable(), role: Role, link: z.url() });
export type SeatLink = z.infer<typeof SeatLink>;
export const CreatedMeeting = z.object({ meeting: z.string(), links: z.array(SeatLink) });
export type CreatedMeeting = z.infer<typeof CreatedMeeting>;

export const MeetingSummary = z.object({
  meeting: z.string(),
  kind: MeetingKind,
  title: z.string().nullable(),
  organ: z
    .string()
    .nullable()
    .describe("The organ's name, as it was when the meeting was made; null: the body as a whole."),
  startsAt: z.int().describe("Milliseconds since 1970-01-01 UTC."),
  phase: Phase,
  readable: z
    .boolean()
    .describe("False: its record was found to hold something that this version of the house does not know."),
});
export type MeetingSummary = z.infer<typeof MeetingSummary>;
