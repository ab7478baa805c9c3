import type { SessionEnd } from "@raadhuis/protocol/http";

const HOUR = 3600_000;
const DAY = 24 * HOUR;

/**
 * How long a session opens what it opens, ms. An open page of a meeting counts as use, so that nobody is thrown out
 * during a long evening.
 */
export const lifetimes = {
  /** `longest`: a council day with its preparation. */
  clerk: { idle: 2 * HOUR, longest: 16 * HOUR },
  /** A personal link opens a new one, so that the short ends cost whoever is invited a look into their mail. */
  seat: { idle: 30 * DAY, longest: 60 * DAY, afterStart: 7 * DAY, afterEnd: 12 * HOUR },
} as const;

/** Use is written down when the last one is this old: not at every request. */
export const USE_NOTED_MS = 5 * 60_000;

export interface Lifetime {
  kind: "seat" | "clerk";
  madeAt: number;
  usedAt: number;
  expiresAt: number;
  /** Of the seat's meeting. */
  startsAt: number | null;
  endedAt: number | null;
}

/** Why this session is over; `undefined` while it lives. */
export function endOf(session: Lifetime, now: number): SessionEnd | undefined {
  const { kind, madeAt, usedAt, expiresAt, startsAt, endedAt } = session;
  const { idle } = lifetimes[kind];
  if (kind === "seat") {
    const { afterStart, afterEnd } = lifetimes.seat;
    // Whoever opens their link later than that is to be told that the meeting is over, for as long.
    if (endedAt !== null && now >= Math.max(endedAt, madeAt) + afterEnd) return "session.meeting-ended";
    if (startsAt !== null && now >= Math.max(startsAt, madeAt) + afterStart) return "session.absolute";
  }
  if (now >= expiresAt) return "session.absolute";
  return now >= usedAt + idle ? "session.idle" : undefined;
}
