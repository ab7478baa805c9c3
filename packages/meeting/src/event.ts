import { z } from "zod";
import { Actor } from "./actor.ts";
import { Instant, MeetingId } from "./ids.ts";
import { eventShapes } from "./shapes.ts";

export type EventType = keyof typeof eventShapes;
export const eventTypes = Object.keys(eventShapes) as EventType[];

type Structure<T extends EventType> = z.infer<(typeof eventShapes)[T]["structure"]>;
type Payload<T extends EventType> = z.infer<(typeof eventShapes)[T]["payload"]>;

/** What `decide` yields: not yet numbered, dated or sealed. */
export type NewEvent = { [T in EventType]: { type: T; structure: Structure<T>; payload: Payload<T> } }[EventType];

/** An event of these kinds, as `evolve` folds it and pages receive it. `payload` is `null` also where it was erased. */
export type EventOf<T extends EventType> = {
  [K in T]: {
    meeting: MeetingId;
    version: number;
    at: Instant;
    by: Actor;
    type: K;
    structure: Structure<K>;
    payload: Payload<K> | null;
  };
}[T];

export type MeetingEvent = EventOf<EventType>;

const envelope = { at: Instant, by: Actor };
const place = { meeting: MeetingId, version: z.int().positive() };

const shapesOf = <Around extends z.ZodRawShape>(around: Around): ReadonlyMap<string, z.ZodType> =>
  new Map(
    eventTypes.map((type) => {
      const { structure, payload } = eventShapes[type];
      return [type, z.strictObject({ ...around, type: z.literal(type), structure, payload: payload.nullable() })];
    }),
  );
const wholeShapes = shapesOf({ ...place, ...envelope });
const unnumberedShapes = shapesOf(envelope);
const typed = z.looseObject({ type: z.enum(eventTypes) });

/** Parses an event at a border; throws a ZodError where it is none, or holds anything else. */
export function parseEvent(raw: unknown): MeetingEvent {
  const shape = wholeShapes.get(typed.parse(raw).type);
  return shape?.parse(raw) as MeetingEvent;
}

type Unnumbered<Event> = Event extends MeetingEvent ? Omit<Event, "meeting" | "version"> : never;

/** An event as pages are told of it: they number events from their own welcome. */
export type UnnumberedEvent = Unnumbered<MeetingEvent>;
export const UnnumberedEvent = typed.transform((raw, context) => {
  const parsed = unnumberedShapes.get(raw.type)?.safeParse(raw);
  if (parsed?.success) return parsed.data as UnnumberedEvent;
  context.addIssue({ code: "custom", message: parsed ? z.prettifyError(parsed.error) : "no such event" });
  return z.NEVER;
});

/** The event that follows this state, in the count of whoever has folded it. */
export const numbered = ({ id, version }: { id: MeetingId; version: number }, event: UnnumberedEvent): MeetingEvent =>
  ({ ...event, meeting: id, version: version + 1 }) as MeetingEvent;
