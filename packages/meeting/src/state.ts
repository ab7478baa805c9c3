import { z } from "zod";
import { Instant, ItemId, MeetingId, SeatId } from "./ids.ts";
import { Doors, MeetingKind, Phase, Role, Slate } from "./words.ts";

/** Words that come from an event's payload are `null` once that payload is erased. */
const erasable = z.string().nullable();

export const Seat = z.object({
  id: SeatId,
  role: Role,
  name: erasable,
  party: erasable,
  /** A removed seat has no right until it is admitted anew. */
  removed: z.boolean(),
  present: z.boolean(),
  /** Has been in the chamber, now or before: whoever is not present has left, or has not come yet. */
  wasIn: z.boolean(),
});
export type Seat = z.infer<typeof Seat>;

export const AgendaItem = z.object({ id: ItemId, title: erasable });
export type AgendaItem = z.infer<typeof AgendaItem>;

/**
 * A stretch of the meeting with one set of doors and one LiveKit room, `<meeting>-<number>`.
 * Whenever the meeting goes on air, or its doors change, a new epoch begins and everybody's
 * microphone and camera start off: nobody is on air by accident.
 */
export const Epoch = z.object({
  number: z.int().positive(),
  doors: Doors,
  onAir: z.boolean(),
  since: Instant,
  /** Seats without a standing right that may stay while the doors are closed. */
  admitted: z.array(SeatId),
});
export type Epoch = z.infer<typeof Epoch>;

export const MeetingState = z.object({
  id: MeetingId,
  /** Number of the last event folded in; the first event is 1. */
  version: z.int().positive(),
  kind: MeetingKind,
  body: erasable,
  title: erasable,
  startsAt: Instant,
  recording: z.boolean(),
  phase: Phase,
  openedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  epoch: Epoch,
  agenda: z.array(AgendaItem),
  /** The item under discussion. */
  item: ItemId.nullable(),
  /** In order of assignment. */
  seats: z.array(Seat),
  floor: z.object({
    holder: SeatId.nullable(),
    /** Raised hands, oldest first. */
    queue: z.array(SeatId),
  }),
  /** The body's own words on a slate; `null`: the house's. */
  slates: z.record(Slate, erasable),
});
export type MeetingState = z.infer<typeof MeetingState>;
