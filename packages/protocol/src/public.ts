import { Slate } from "@raadhuis/meeting/words";
import { z } from "zod";
import { DEFAULT_ZONE } from "./zone.ts";

/** The body's time zone (IANA), by which the times of this file are shown. Files from before it was kept have none. */
const zone = z.string().default(DEFAULT_ZONE);

const agenda = z.array(z.object({ id: z.string(), number: z.int(), title: z.string() }));

/**
 * What stands in `public/`, which the gallery (or nginx, S3, a CDN) serves under `/public/`:
 *
 *   index.json                     PublicIndex; by the server, when a public meeting is planned or changed, or the time zone
 *   <meeting>/announcement.json    Announcement; by the server, until the meeting opens
 *   <meeting>/state.json           ReleasedState; by egress's release: the present, a few hundred bytes however long the meeting
 *   <meeting>/parts/<hash>.json    what state.json names: AgendaPart, TimelineIndex, TimelinePart
 *   <meeting>/live.m3u8            the stream's address: its renditions; does not change while it lasts
 *   <meeting>/<rendition>.m3u8     the last 60 s of one; <meeting>/init-<n>.mp4, <meeting>/<n>.m4s of the first, of others
 *                                  <meeting>/init-<rendition>-<n>.mp4, <meeting>/<rendition>-<n>.m4s
 *   <meeting>/recording.mp4        after the meeting, of released segments only
 *
 * Every file appears whole or not at all: write, fsync, rename.
 */
export const Announcement = z.object({
  meeting: z.string(),
  body: z.string(),
  title: z.string(),
  startsAt: z.number(),
  zone,
  agenda,
});
export type Announcement = z.infer<typeof Announcement>;

export const PublicIndex = z.object({
  body: z.string(),
  zone,
  meetings: z.array(z.object({ meeting: z.string(), title: z.string(), startsAt: z.number() })),
});
export type PublicIndex = z.infer<typeof PublicIndex>;

/** From `at` (programme clock, ms; EXT-X-PROGRAM-DATE-TIME of the picture) until the next entry. */
export const TimelineEntry = z.object({
  at: z.number(),
  scene: z.enum(["live", ...Slate.options]),
  item: z.object({ id: z.string(), number: z.int(), title: z.string() }).nullable(),
  /** `role`: a Role, or what an older house called one. */
  speaker: z.object({ name: z.string(), role: z.string(), party: z.string().nullable() }).nullable(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** Named by the SHA-256 of what is in it: it never changes, so whoever has it never asks again, and no name comes twice. */
export const PartName = z.string().regex(/^parts\/[0-9a-f]{32}\.json$/);
export type PartName = z.infer<typeof PartName>;

export const AgendaPart = z.object({ agenda });
export type AgendaPart = z.infer<typeof AgendaPart>;
/** The parts that hold the timeline, oldest first. */
export const TimelineIndex = z.object({ parts: z.array(PartName) });
export type TimelineIndex = z.infer<typeof TimelineIndex>;
export const TimelinePart = z.object({ entries: z.array(TimelineEntry) });
export type TimelinePart = z.infer<typeof TimelinePart>;

/** What the public may know of the meeting as a whole. */
export const Heading = z.object({ body: z.string(), title: z.string(), startsAt: z.number(), zone, agenda });
export type Heading = z.infer<typeof Heading>;

export const ReleasedState = Heading.extend({
  meeting: z.string(),
  /** As the agenda and the timeline's older part stand in files of their own; absent in what older houses released. */
  parts: z.object({ agenda: PartName, timeline: PartName.nullable() }).optional(),
  /** Empty where it is a part. */
  agenda: agenda.default([]),
  /** Programme clock of the first and of the newest released frame, ms. Nothing in this file is newer. */
  from: z.number(),
  until: z.number(),
  /** How old a frame is when it is released, as promised (RAADHUIS_DELAY), ms; absent in what older houses released. */
  delayMs: z.number().nonnegative().optional(),
  /** Entries with `at` <= until, oldest first: those that follow all that is in parts. */
  timeline: z.array(TimelineEntry),
  /** The stream has ended; `recording` follows when it is ready. */
  ended: z.boolean(),
  recording: z
    .object({
      file: z.string(),
      seconds: z.number(),
      bytes: z.int(),
      /** Where programme time `at` stands in the file, s: gaps in time have been closed up. */
      offsets: z.array(z.object({ at: z.number(), seconds: z.number() })),
    })
    .nullable(),
});
export type ReleasedState = z.infer<typeof ReleasedState>;

/**
 * The state with its agenda and all of its timeline.
 * @param read the content of a part, parsed as JSON; throws where it cannot be had: there is a newer state then
 */
export async function wholeState(
  state: ReleasedState,
  read: (name: PartName) => Promise<unknown>,
): Promise<ReleasedState> {
  const { parts, ...present } = state;
  if (!parts) return state;
  const older = async () => {
    if (parts.timeline === null) return [];
    const index = TimelineIndex.parse(await read(parts.timeline));
    const found = await Promise.all(index.parts.map(read));
    return found.flatMap((part) => TimelinePart.parse(part).entries);
  };
  const [{ agenda }, entries] = await Promise.all([read(parts.agenda).then((part) => AgendaPart.parse(part)), older()]);
  return { ...present, agenda, timeline: [...entries, ...present.timeline] };
}
