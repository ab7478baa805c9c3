import type { ReleasedState, TimelineEntry } from "@raadhuis/protocol/public";
import { lastFrameOf, type Segment } from "./segment.ts";

/** Entries in order, without those that repeat the one before. */
export function joinTimelines(segments: readonly Segment[]): TimelineEntry[] {
  const joined: TimelineEntry[] = [];
  let before = "";
  for (const entry of segments.flatMap((segment) => segment.timeline)) {
    const { at: _, ...shown } = entry;
    const same = JSON.stringify(shown);
    if (same !== before) joined.push(entry);
    before = same;
  }
  return joined;
}

/**
 * `state.json`: what the public may know, made of released segments and nothing else.
 * @param released oldest first; at least one
 * @param delayMs as promised; undefined after a restart at the very end
 */
export function releasedState(
  meeting: string,
  released: readonly Segment[],
  ended: boolean,
  recording: ReleasedState["recording"],
  delayMs?: number,
): ReleasedState {
  const newest = released.at(-1)!;
  return {
    meeting,
    ...newest.heading,
    from: released[0]!.at,
    until: lastFrameOf(newest),
    delayMs,
    timeline: joinTimelines(released),
    ended,
    recording,
  };
}
