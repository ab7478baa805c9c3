import { Role, Slate } from "@raadhuis/meeting/words";
import { z } from "zod";

/**
 * What the server orders of an egress: `PUT /programme`, by `orderTls`, on loopback. Sent at every change and every few
 * seconds besides, so whichever of the two was away catches up. The order is the whole truth: egress needs no earlier one.
 */
export const ProgrammeOrder = z.object({
  meeting: z.string(),
  /** Version of the meeting's state this was derived from; a lower one than seen before is ignored. */
  version: z.int().positive(),
  /** When the last event happened, ms; the programme changes at this instant of its own clock, not on arrival. */
  at: z.number(),
  body: z.string(),
  title: z.string(),
  startsAt: z.number(),
  /** Time zone (IANA) in which `startsAt` is written. */
  zone: z.string(),
  locale: z.enum(["nl", "en"]),
  /** RAADHUIS_DELAY in ms. */
  delayMs: z.number().nonnegative(),
  recording: z.boolean(),
  scene: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("slate"),
      slate: Slate,
      text: z.string().nullable(),
    }),
    z.object({
      kind: z.literal("live"),
      epoch: z.int().positive(),
      room: z.string(),
      /** Hidden, subscribe-only; never minted for a closed epoch. */
      token: z.string(),
      /** Who has the floor; otherwise the active speaker is shown. */
      focus: z.string().nullable(),
    }),
  ]),
  item: z.object({ id: z.string(), number: z.int().positive(), title: z.string() }).nullable(),
  agenda: z.array(z.object({ id: z.string(), number: z.int().positive(), title: z.string() })),
  /** By LiveKit identity, which is the seat. */
  people: z.record(z.string(), z.object({ name: z.string(), role: Role, party: z.string().nullable() })),
  /** The meeting is over: release what is left, finish the recording, exit 0. */
  end: z.boolean(),
  /**
   * The meeting has not begun and nobody waits for it: what the public has of it, slates and nothing else, is taken back;
   * exit 0. When it is wanted again another egress begins.
   */
  givenUp: z.boolean(),
});
export type ProgrammeOrder = z.infer<typeof ProgrammeOrder>;

/**
 * TLS between the server and one egress: each proves that it holds the secret of that egress's start (RFC 5489), before
 * anything is said. Whoever took the port of one that died hears nothing, and an egress can order nothing of another.
 */
export const orderTls = {
  ciphers: "ECDHE-PSK-CHACHA20-POLY1305",
  minVersion: "TLSv1.2",
  maxVersion: "TLSv1.2",
} as const;

/** A place that the broadcast goes to besides `public/`. */
export const SinkHealth = z.object({
  name: z.string(),
  /** How much has been released that it does not have, ms. */
  behindMs: z.number().nonnegative(),
  /** What it was last told it did not take; it is told again. */
  failing: z.boolean(),
  /** Files that were gone before it took them. */
  lost: z.int().nonnegative(),
});
export type SinkHealth = z.infer<typeof SinkHealth>;

/** Answer to `PUT /programme`. */
export const EgressStatus = z.object({
  state: z.enum(["starting", "slate", "live", "finishing", "finished", "givenUp"]),
  /** Age in ms of the newest released frame; `null`: nothing released yet. */
  behindMs: z.number().nullable(),
  /** Whether the room of the ordered scene is joined and its media heard. */
  connected: z.boolean(),
  framesPerSecond: z.number(),
  /** How far what is made is behind the time it is to be made at, ms. */
  lagMs: z.number().nonnegative(),
  /** What is left of the programme while the machine cannot make all of it: fewer pictures, or a still one and the sound. */
  shown: z.enum(["whole", "fewer", "sound"]),
  /** Length of what is recorded so far, s; `null`: not recording. */
  recordedSeconds: z.number().nullable(),
  /** None, where there is none. */
  sinks: z.array(SinkHealth).optional(),
});
export type EgressStatus = z.infer<typeof EgressStatus>;
