import { z } from "zod";

/**
 * How good a page's own line is. `code`, translated by the page that shows it: `line.good`; `line.away`: media is lost;
 * `line.poor`: the media server says so; else what is wrong: packets lost on the way up or down, a long way, too little
 * bandwidth for its own picture, a computer that is too slow for it.
 */
export const Line = z.strictObject({
  light: z.enum(["green", "amber", "red"]),
  code: z.enum([
    "line.good",
    "line.away",
    "line.poor",
    "line.loses-up",
    "line.loses-down",
    "line.slow",
    "line.narrow",
    "line.busy",
  ]),
});
export type Line = z.infer<typeof Line>;
export const SeatLine = z.object({ seat: z.string(), ...Line.shape });
export type SeatLine = z.infer<typeof SeatLine>;

export const Light = z.enum(["green", "amber", "red", "off"]);
export type Light = z.infer<typeof Light>;

const mediaHealth = z.enum(["media.well", "media.unavailable", "media.clock"]);
const streamHealth = z.enum([
  "stream.none",
  "stream.waiting",
  "stream.queued",
  "stream.starting",
  "stream.slate",
  "stream.live",
  "stream.behind",
  "stream.fewer",
  "stream.sound",
  "stream.elsewhere",
  "stream.unheard",
  "stream.unreachable",
  "stream.finishing",
  "stream.finished",
]);
const recordingHealth = z.enum([
  "recording.none",
  "recording.waiting",
  "recording.running",
  "recording.paused",
  "recording.unreachable",
  "recording.not-kept",
  "recording.finishing",
  "recording.finished",
]);

const storageHealth = z.enum(["storage.well", "storage.low", "storage.full"]);

/** Health of the parts, for the office's live screen. `code` is translated by the page. */
export const Health = z.object({
  media: z.object({ light: Light, code: mediaHealth }),
  stream: z.object({ light: Light, code: streamHealth, behindMs: z.number().nullable() }),
  recording: z.object({ light: Light, code: recordingHealth, seconds: z.number().nullable() }),
  /** What of the house can still be kept: events, links, recordings. */
  storage: z.object({ light: Light, code: storageHealth }),
});
export type Health = z.infer<typeof Health>;
