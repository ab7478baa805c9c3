import type { ReleasedState } from "@raadhuis/protocol/public";
import { type Part, partOf } from "./parts.ts";
import { lastFrameOf, type Segment } from "./segment.ts";
import type { Timeline } from "./timeline.ts";

/** What stands in state.json, and the parts that it names. */
export interface StateFiles {
  state: ReleasedState;
  parts: Part[];
}

/**
 * What the public may know, made of released segments and nothing else.
 * @param released oldest first; at least one
 * @param timeline of just these
 * @param delayMs as promised; undefined after a restart at the very end
 */
export function releasedState(
  meeting: string,
  released: readonly Segment[],
  timeline: Timeline,
  ended: boolean,
  recording: ReleasedState["recording"],
  delayMs?: number,
): StateFiles {
  const newest = released.at(-1)!;
  const { agenda, ...heading } = newest.heading;
  const agendaPart = partOf({ agenda });
  const { index } = timeline;
  return {
    state: {
      meeting,
      ...heading,
      parts: { agenda: agendaPart.name, timeline: index?.name ?? null },
      agenda: [],
      from: released[0]!.at,
      until: lastFrameOf(newest),
      delayMs,
      timeline: timeline.rest,
      ended,
      recording,
    },
    parts: [agendaPart, ...timeline.parts, ...(index ? [index] : [])],
  };
}
