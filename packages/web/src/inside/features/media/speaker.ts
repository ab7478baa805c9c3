export interface Spotlight {
  seat: string | null;
  since: number;
}

/** The picture changes at most this often, ms. */
const HOLD = 2000;

/**
 * Who is large when nobody has the floor: whoever speaks loudest, for at least two seconds; the last one while all are
 * silent. `active`: loudest first, without oneself. `here`: who is still in the room.
 */
export function nextSpotlight(
  before: Spotlight,
  active: readonly string[],
  here: (seat: string) => boolean,
  now: number,
): Spotlight {
  const gone = before.seat !== null && !here(before.seat);
  const loudest = active[0];
  if (loudest === undefined) return gone ? { seat: null, since: now } : before;
  if (loudest === before.seat) return before;
  const holds = !gone && before.seat !== null && now - before.since < HOLD;
  return holds ? before : { seat: loudest, since: now };
}

/** When to look again, ms from now: somebody else speaks, but the picture has just changed. `null`: no need to. */
export function lookAgainIn(spotlight: Spotlight, active: readonly string[], now: number): number | null {
  const loudest = active[0];
  return loudest === undefined || loudest === spotlight.seat ? null : Math.max(0, spotlight.since + HOLD - now);
}
