import type { Segment } from "./segment.ts";

/** Of every stretch of slate the recording keeps this many segments: enough to read what it says. */
const SLATE_SEGMENTS = 3;

/**
 * Whether a segment goes into the recording: from the first live frame on, all that is live, and the beginning of each
 * slate in between and after. Hours behind closed doors are a few labelled seconds; `offsets` tell where time jumps.
 * @param before all segments of the meeting before this one, oldest first
 */
export function recordable(before: readonly Pick<Segment, "live">[], live: boolean): boolean {
  if (live) return true;
  const lastLive = before.findLastIndex((segment) => segment.live);
  return lastLive >= 0 && before.length - 1 - lastLive < SLATE_SEGMENTS;
}
