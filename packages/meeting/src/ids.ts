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

/** The body's own name among bodies: its official one where it gave that, as a URI or a code, else one the house made. */
export const BodyId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9:/._#-]{0,199}$/)
  .brand<"BodyId">();
export type BodyId = z.infer<typeof BodyId>;

/** A council, a committee, a college: a group of the roster. */
export const OrganId = id.brand<"OrganId">();
export type OrganId = z.infer<typeof OrganId>;

/** A way to be known to the house: so far each clerk has one. Says nothing of who that is. */
export const AccountId = id.brand<"AccountId">();
export type AccountId = z.infer<typeof AccountId>;

/** Milliseconds since 1970-01-01 UTC. */
export const Instant = z.int().nonnegative();
export type Instant = z.infer<typeof Instant>;
