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
  const shape = eventShapes[head.type];
  const parts = z.object({ structure: shape.structure, payload: z.union([shape.payload, z.null()]) }).parse(raw);
  return { ...head, ...parts } as MeetingEvent;
}
