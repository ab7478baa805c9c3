import { z } from "zod";

/** Random, lower case, without look-alikes; safe in a path, a cookie name and a LiveKit room name. */
const id = z.string().regex(/^[a-z0-9]{8,32}$/);

export const MeetingId = id.brand<"MeetingId">();
export type MeetingId = z.infer<typeof MeetingId>;

/** One person's place in one meeting. Also the person's LiveKit identity. */
export const SeatId = id.brand<"SeatId">();
export type SeatId = z.infer<typeof SeatId>;

export const ItemId = id.brand<"ItemId">();
export type ItemId = z.infer<typeof ItemId>;

/** Milliseconds since 1970-01-01 UTC. */
export const Instant = z.int().nonnegative();
export type Instant = z.infer<typeof Instant>;
