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
  /** By rendition, bytes: what there is of it besides the first one's. One that is not named was left out. */
  more: z.record(z.string(), z.int().positive()).default({}),
  /** `false`: slate from its first frame to its last. */
  live: z.boolean(),
  /** Belongs into the recording. */
  record: z.boolean(),
  /** Changes that begin in this segment, oldest first. */
  timeline: z.array(TimelineEntry),
  heading: Heading,
});
export type Segment = z.infer<typeof Segment>;

/** @param rendition its id; none for the first of the broadcast's */
export const initName = (run: number, rendition?: string): string =>
  rendition === undefined ? `init-${run}.mp4` : `init-${rendition}-${run}.mp4`;
export const mediaName = (number: number, rendition?: string): string =>
  rendition === undefined ? `${number}.m4s` : `${rendition}-${number}.m4s`;

/** Renditions that there is something of: `undefined` is the first one. */
export const renditionsOf = ({ more }: Segment): (string | undefined)[] => [undefined, ...Object.keys(more)];
export const mediaNames = (segment: Segment): string[] =>
  renditionsOf(segment).map((rendition) => mediaName(segment.number, rendition));
export const initNames = (segment: Segment): string[] =>
  renditionsOf(segment).map((rendition) => initName(segment.run, rendition));

/** Programme time right after the last frame, ms. */
export const endOf = (segment: Segment): number => segment.at + segment.frames * FRAME_MS;
export const lastFrameOf = (segment: Segment): number => endOf(segment) - FRAME_MS;
