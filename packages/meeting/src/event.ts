import { z } from "zod";
import { Instant, ItemId, MeetingId, SeatId } from "./ids.ts";
import { BodyName, MeetingKind, PartyName, PersonName, Role, Slate, SlateText, Title } from "./words.ts";

/** Who did it. `office`: a clerk signed in at the office. `house`: the server itself, as for presence. */
export const Actor = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("seat"), seat: SeatId }),
  z.object({ kind: z.literal("office") }),
  z.object({ kind: z.literal("house") }),
]);
export type Actor = z.infer<typeof Actor>;

const epoch = z.int().positive();

/**
 * Every kind of event, in two parts. `structure` holds ids, kinds and numbers: no personal data, never erased, and
 * alone decides rights and results. `payload` holds names and texts and may be erased.
 */
const shapes = {
  "meeting.planned": {
    structure: z.strictObject({ kind: MeetingKind, startsAt: Instant, recording: z.boolean() }),
    payload: z.strictObject({ body: BodyName, title: Title }),
  },
  "meeting.opened": { structure: z.strictObject({ epoch }), payload: z.null() },
  "meeting.suspended": { structure: z.strictObject({}), payload: z.null() },
  "meeting.resumed": { structure: z.strictObject({ epoch }), payload: z.null() },
  "meeting.closed": { structure: z.strictObject({}), payload: z.null() },
  "doors.closed": { structure: z.strictObject({ epoch, admitted: z.array(SeatId) }), payload: z.null() },
  "doors.opened": { structure: z.strictObject({ epoch }), payload: z.null() },
  "item.added": { structure: z.strictObject({ item: ItemId }), payload: z.strictObject({ title: Title }) },
  "item.removed": { structure: z.strictObject({ item: ItemId }), payload: z.null() },
  "item.started": { structure: z.strictObject({ item: ItemId }), payload: z.null() },
  "seat.assigned": {
    structure: z.strictObject({ seat: SeatId, role: Role }),
    payload: z.strictObject({ name: PersonName, party: PartyName.nullable() }),
  },
  "seat.removed": { structure: z.strictObject({ seat: SeatId }), payload: z.null() },
  "seat.readmitted": { structure: z.strictObject({ seat: SeatId }), payload: z.null() },
  "seat.arrived": { structure: z.strictObject({ seat: SeatId }), payload: z.null() },
  "seat.left": { structure: z.strictObject({ seat: SeatId }), payload: z.null() },
  "hand.raised": { structure: z.strictObject({ seat: SeatId }), payload: z.null() },
  "hand.lowered": { structure: z.strictObject({ seat: SeatId }), payload: z.null() },
  "floor.given": { structure: z.strictObject({ seat: SeatId }), payload: z.null() },
  "floor.taken": { structure: z.strictObject({ seat: SeatId }), payload: z.null() },
  "slate.written": {
    structure: z.strictObject({ slate: Slate }),
    payload: z.strictObject({ text: SlateText.nullable() }),
  },
} as const;

export type EventType = keyof typeof shapes;
export const eventTypes = Object.keys(shapes) as EventType[];
export const eventShapes: { readonly [T in EventType]: { structure: z.ZodType; payload: z.ZodType } } = shapes;

type Structure<T extends EventType> = z.infer<(typeof shapes)[T]["structure"]>;
type Payload<T extends EventType> = z.infer<(typeof shapes)[T]["payload"]>;

/** What `decide` yields: not yet numbered, dated or sealed. */
export type NewEvent = { [T in EventType]: { type: T; structure: Structure<T>; payload: Payload<T> } }[EventType];

/** What `evolve` folds and what pages receive. `payload` is `null` also where it was erased. */
export type MeetingEvent = {
  [T in EventType]: {
    meeting: MeetingId;
    version: number;
    at: Instant;
    by: Actor;
    type: T;
    structure: Structure<T>;
    payload: Payload<T> | null;
  };
}[EventType];

const envelope = z.object({
  meeting: MeetingId,
  version: z.int().positive(),
  at: Instant,
  by: Actor,
  type: z.enum(eventTypes),
});

/** Parses an event at a border; throws a ZodError where it is none. */
export function parseEvent(raw: unknown): MeetingEvent {
  const head = envelope.parse(raw);
  const shape = shapes[head.type];
  const parts = z.object({ structure: shape.structure, payload: z.union([shape.payload, z.null()]) }).parse(raw);
  return { ...head, ...parts } as MeetingEvent;
}
