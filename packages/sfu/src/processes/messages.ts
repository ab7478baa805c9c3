import { z } from "zod";
import { Revocation } from "../ticket/revocations.ts";

/** How much a carrier has to do. */
export const Load = z.object({
  /** Cores it kept busy in the last seconds. */
  cpu: z.number().min(0),
  people: z.int().min(0),
  rooms: z.int().min(0),
});
export type Load = z.infer<typeof Load>;

/** From the front to a carrier: which rooms it may open. A carrier opens no other. */
export const ToCarrier = z.discriminatedUnion("type", [
  /** First of all. What an earlier front allowed and is no room by now, is allowed no more. */
  z.object({ type: z.literal("hello"), revoked: z.array(Revocation) }),
  z.object({ type: z.literal("place"), room: z.string(), id: z.int() }),
  /** It may open this room no longer, unless it holds it now. */
  z.object({ type: z.literal("release"), room: z.string(), id: z.int() }),
  /** This room is elsewhere: its people are to come back. */
  z.object({ type: z.literal("evict"), room: z.string() }),
]);
export type ToCarrier = z.infer<typeof ToCarrier>;

export const ToFront = z.discriminatedUnion("type", [
  /** The answer to `hello`. */
  z.object({ type: z.literal("holds"), rooms: z.array(z.string()), revoked: z.array(Revocation), load: Load }),
  /** The answer to `place` and `release`. To the latter `no`: it holds this room. */
  z.object({ type: z.literal("done"), id: z.int(), ok: z.boolean() }),
  z.object({ type: z.literal("closed"), room: z.string() }),
  z.object({ type: z.literal("revoked"), revocation: Revocation }),
  z.object({ type: z.literal("load"), load: Load }),
]);
export type ToFront = z.infer<typeof ToFront>;

/** `null`: not one of these messages. */
export function read<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
