import { Role } from "@raadhuis/meeting/words";
import { z } from "zod";

/** Messages between the supervisor and its children, over Node's IPC channel (parsed at both ends). */
export const FromChild = z.discriminatedUnion("type", [
  /** It listens and answers. `port`: TCP. `setUpLink` (server, before set-up): shown to the person once, never logged. */
  z.object({
    type: z.literal("ready"),
    port: z.int(),
    setUpLink: z.string().optional(),
    /** sfu: the addresses it announces to clients. */
    addresses: z.array(z.string()).optional(),
    /** sfu, one of several: TCP port on loopback at which it hears the front. */
    control: z.int().optional(),
    /** egress: by which it and the server know each other, made by itself at each start. Never logged. */
    secret: z.string().optional(),
  }),
  /** It cannot start, and why, in words for a person. The supervisor does not try again for `final`. */
  z.object({ type: z.literal("failed"), code: z.string(), message: z.string(), final: z.boolean() }),
  /** server: this meeting needs its egress: it is broadcast, or has something to be taken back. Idempotent. */
  z.object({ type: z.literal("egress.want"), meeting: z.string() }),
  /** Its event loop turns: the answer to each `ping`. */
  z.object({ type: z.literal("pong") }),
  /** demo: what `--json` prints. */
  z.object({
    type: z.literal("demo"),
    links: z.object({
      meeting: z.string(),
      office: z.string(),
      chair: z.string(),
      clerk: z.string(),
      /** Whose seats nobody synthetic has. */
      members: z.array(z.string()),
      citizen: z.string(),
      /** All seats with their names and roles, to print. */
      all: z.array(z.object({ name: z.string(), role: Role, link: z.string(), synthetic: z.boolean() })),
    }),
  }),
]);
export type FromChild = z.infer<typeof FromChild>;

/** To the server, again after each restart of either: the egress of this meeting listens there, or is gone. */
export const ToServer = z.discriminatedUnion("type", [
  z.object({ type: z.literal("egress.ready"), meeting: z.string(), port: z.int(), secret: z.string() }),
  z.object({ type: z.literal("egress.gone"), meeting: z.string() }),
]);
export type ToServer = z.infer<typeof ToServer>;

/**
 * What one process of the media server is (RAADHUIS_PART, where there are several): the front, which listens where
 * clients ask, or one of the carriers behind it, by number from 1.
 */
export const SfuPart = z.union([z.literal("front"), z.coerce.number().int().min(1)]);
export type SfuPart = z.infer<typeof SfuPart>;

/** To a spare (RAADHUIS_SPARE=1), which has loaded what it needs and waits: another one died, take its place. */
export const ToSpare = z.object({ type: z.literal("begin"), part: SfuPart.optional() });
export type ToSpare = z.infer<typeof ToSpare>;

/** To the front, after each change: all carriers that run, and their TCP ports on loopback. */
export const ToFront = z.object({
  type: z.literal("carriers"),
  carriers: z.array(z.object({ number: z.int(), port: z.int(), control: z.int() })),
});
export type ToFront = z.infer<typeof ToFront>;

/** To every child that has said `ready`, again and again: one that does not answer for long hangs, and is ended. */
export const Ping = z.object({ type: z.literal("ping") });
export type Ping = z.infer<typeof Ping>;

export type ToChild = ToServer | ToSpare | ToFront | Ping;
