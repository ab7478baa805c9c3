import type { ReleasedState, TimelineEntry } from "@raadhuis/protocol/public";

/**
 * What the picture of programme time `at` (ms) shows: the last entry that began by then. `null` before the first.
 * `timeline`: oldest first.
 */
export function entryAt(timeline: readonly TimelineEntry[], at: number): TimelineEntry | null {
  let low = 0;
  let high = timeline.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeline[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  return timeline[low - 1] ?? null;
}

type Offsets = NonNullable<ReleasedState["recording"]>["offsets"];

/**
 * Where programme time `at` (ms) stands in the recording, s. Time that was never recorded is closed up: it falls on
 * the place where the recording goes on. `offsets`: oldest first.
 */
export function secondsAt(offsets: Offsets, at: number): number {
  let index = offsets.length - 1;
  while (index >= 0 && offsets[index]!.at > at) index--;
  const offset = offsets[index];
  if (!offset) return offsets[0]?.seconds ?? 0;
  const seconds = offset.seconds + (at - offset.at) / 1000;
  const next = offsets[index + 1];
  return next ? Math.min(seconds, next.seconds) : seconds;
}

export interface Chapter {
  entry: TimelineEntry;
  seconds: number;
  /** Another item or scene than before, not just another speaker. */
  heads: boolean;
}

/**
 * The recording's table of contents. It begins with the meeting, not with what was shown before it; moments at which
 * nobody in particular speaks are no chapters.
 */
export function chaptersOf(timeline: readonly TimelineEntry[], offsets: Offsets): Chapter[] {
  return timeline
    .map((entry, index) => {
      const before = timeline[index - 1];
      const heads = !before || before.scene !== entry.scene || before.item?.id !== entry.item?.id;
      return { entry, seconds: secondsAt(offsets, entry.at), heads };
    })
    .filter(({ heads, entry }) => entry.scene !== "before" && (heads || entry.speaker !== null));
}

/** `1:02:03` or `2:03`. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const two = (number: number) => String(number).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
