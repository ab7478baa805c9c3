/** What a picture's way to a reader takes besides the delay that was promised, ms: a segment's length, and a player's reserve. */
const MARGIN_MS = 15_000;

/**
 * How old a picture is in whole tens of seconds, from a minute on in whole minutes; s. `null`: as young as promised.
 * @param at programme time of the picture, ms
 * @param now the gallery's clock, ms
 * @param delayMs the delay that was promised; undefined: none is known, so nothing is said
 */
export function ageIfLate(at: number, now: number, delayMs: number | undefined): number | null {
  if (delayMs === undefined || now - at <= delayMs + MARGIN_MS) return null;
  const seconds = (now - at) / 1000;
  const step = seconds < 60 ? 10 : 60;
  return Math.floor(seconds / step) * step;
}
