import { Heading, TimelineEntry } from "@raadhuis/protocol/public";
import { z } from "zod";
import { FRAME_MS } from "./picture.ts";

/** One segment of the stream, with the part of the state that belongs to it. Stored beside its media. */
export const Segment = z.object({
  /** Counts up over the whole meeting; one is missing where a segment was lost. */
  number: z.int().nonnegative(),
  /** Encoder run: names its init segment. */
  run: z.int().nonnegative(),
  /** Programme time of the first frame, ms. */
  at: z.number(),
  frames: z.int().positive(),
  bytes: z.int().positive(),
  /** `false`: slate from its first frame to its last. */
  live: z.boolean(),
  /** Belongs into the recording. */
  record: z.boolean(),
  /** Changes that begin in this segment, oldest first. */
  timeline: z.array(TimelineEntry),
  heading: Heading,
});
export type Segment = z.infer<typeof Segment>;

export const initName = (run: number): string => `init-${run}.mp4`;
export const mediaName = (number: number): string => `${number}.m4s`;

/** Programme time right after the last frame, ms. */
export const endOf = (segment: Segment): number => segment.at + segment.frames * FRAME_MS;
export const lastFrameOf = (segment: Segment): number => endOf(segment) - FRAME_MS;
