import type { PublicIndex } from "@raadhuis/protocol/public";

const HOUR_MS = 3600_000;
/** Meetings begin early, late, and last into the night. */
const BEFORE_MS = 6 * HOUR_MS;
const AFTER_MS = 36 * HOUR_MS;
/** So many are asked after at most. */
const MOST = 6;

/** Those that can be live by their planned time, nearest first; asking after each meeting there ever was would be much. */
export const mayBeLive = (meetings: PublicIndex["meetings"], now: number): string[] =>
  meetings
    .filter(({ startsAt }) => startsAt - now < BEFORE_MS && now - startsAt < AFTER_MS)
    .sort((one, other) => Math.abs(one.startsAt - now) - Math.abs(other.startsAt - now))
    .slice(0, MOST)
    .map(({ meeting }) => meeting);
