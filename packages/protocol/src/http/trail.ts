import { z } from "zod";
import { errorCodes } from "./errors.ts";

/**
 * What the trail of access keeps. Stable: pages translate the words, scripts rely on them.
 *
 *   house.set-up             the house was set up by its link
 *   house.zone-changed       the body's time zone was changed
 *   house.identifier-changed the body's identifier was changed
 *   office.sign-in           by address and password
 *   office.sign-in-by-link   by a one-time link
 *   office.link-made         such a link was made
 *   office.sign-out
 *   office.session-ended     without signing out: see TrailResult
 *   seat.link-made           a new personal link; the old one ended
 *   seat.redeem              a personal link was opened
 *   seat.session-ended
 */
export const TrailKind = z.enum([
  "house.set-up",
  "house.zone-changed",
  "house.identifier-changed",
  "office.sign-in",
  "office.sign-in-by-link",
  "office.link-made",
  "office.sign-out",
  "office.session-ended",
  "seat.link-made",
  "seat.redeem",
  "seat.session-ended",
]);
export type TrailKind = z.infer<typeof TrailKind>;

/**
 * Why a session ended: not used for its time; its longest time was over; its meeting was; another link took its place;
 * there were too many of them.
 */
export const SessionEnd = z.enum([
  "session.idle",
  "session.absolute",
  "session.meeting-ended",
  "session.replaced",
  "session.cap",
]);
export type SessionEnd = z.infer<typeof SessionEnd>;

/** `done`: as it should; a session's end; else the code by which it was refused. */
export const TrailResult = z.enum(["done", ...SessionEnd.options, "meeting.ended", ...errorCodes]);
export type TrailResult = z.infer<typeof TrailResult>;

/** Whether it was an attempt that failed. */
export const isFailure = (result: TrailResult): boolean =>
  result !== "done" && !SessionEnd.options.some((end) => end === result);

/**
 * Results of whoever brought the right thing and was refused all the same: the clerk's own password is too weak for a
 * set-up, a meeting that a link belongs to is over; or of a house that could not look.
 */
export const notGuessed = [
  "password.common",
  "meeting.ended",
  "house.busy",
  "house.disk-full",
  "house.no-database",
  "house.failed",
] as const satisfies readonly TrailResult[];

/** Rows on one page of the trail. */
export const TRAIL_PAGE = 50;

export const TrailEntry = z.object({
  id: z.string(),
  kind: TrailKind,
  result: TrailResult,
  /** How often, from `first` to `last` (ms). */
  count: z.int().positive(),
  first: z.int(),
  last: z.int(),
  /** An address of IPv4, a network as `2001:db8:1:2::/64`; `null`: many of them, or none. */
  network: z.string().nullable(),
  /** Whose account; `null`: none that is known. */
  clerk: z.object({ name: z.string(), email: z.string() }).nullable(),
  /** Which seat. */
  seat: z.object({ meeting: z.string(), title: z.string().nullable(), name: z.string().nullable() }).nullable(),
});
export type TrailEntry = z.infer<typeof TrailEntry>;

/** `page` counts from 1, newest first. Text in an address, a number for whoever asks by the table. */
export const TrailQuery = z.strictObject({
  page: z.coerce.number<number>().int().min(1).max(10_000).default(1),
  failed: z.enum(["true", "false"]).default("false"),
});

export const Trail = z.object({
  entries: z.array(TrailEntry),
  pages: z.int().positive(),
  /** When this clerk last looked (ms); `null`: never. */
  seen: z.int().nullable(),
});
export type Trail = z.infer<typeof Trail>;

/** What failed since this clerk last looked, without what was no guess. */
export const TrailNews = z.object({
  failed: z.int().nonnegative(),
  networks: z.int().nonnegative(),
  /** There were more networks than are told apart. */
  more: z.boolean(),
  /** When the first of them began (ms); `null`: there were none. */
  since: z.int().nullable(),
  /** So many that somebody is guessing, and not a clerk mistyping. */
  guessing: z.boolean(),
});
export type TrailNews = z.infer<typeof TrailNews>;
