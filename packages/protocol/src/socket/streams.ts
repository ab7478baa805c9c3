import { Actor } from "@raadhuis/meeting";
import { z } from "zod";

/** Names as `meeting` has them (packages/meeting/src/streams.ts); one that it does not have is not found. */
const place = { stream: z.string().max(32), audience: z.string().max(64) };
const number = z.int().positive();

/** Audiences of which one page can say how far it has read. */
const MOST_AUDIENCES = 500;

/**
 * The last number that a page has, by `<stream>/<audience>`. They are counted before any is looked at: to say of each of
 * seven thousand what is wrong with it takes a tenth of a second, and half a megabyte.
 */
export const LastNumbers = z
  .record(z.string(), z.unknown())
  .refine((numbers) => Object.keys(numbers).length <= MOST_AUDIENCES, "These are too many audiences.")
  .pipe(z.record(z.string().max(97), number));
export type LastNumbers = z.infer<typeof LastNumbers>;

/** A page's own message to an audience. `id` as a command's. */
export const AppendMessage = z.strictObject({
  type: z.literal("append"),
  id: z.string().min(1).max(64),
  ...place,
  /** When given: refuse with `stream.outdated` unless the audience's last number is this one; 0: there is none yet. */
  after: z.int().nonnegative().optional(),
  body: z.looseObject({}),
});
export type AppendMessage = z.infer<typeof AppendMessage>;

/** `body`: by the shape of its stream; `null`: erased. */
export const StreamMessage = z.object({
  number,
  at: z.number(),
  by: Actor,
  body: z.record(z.string(), z.unknown()).nullable(),
});
export type StreamMessage = z.infer<typeof StreamMessage>;

/** What an audience was told, in order of the numbers. `more`: there are older ones that this page has not, left out. */
export const StreamMessages = z.object({
  type: z.literal("stream"),
  ...place,
  messages: z.array(StreamMessage),
  more: z.boolean(),
});
export type StreamMessages = z.infer<typeof StreamMessages>;

/** Of what this page was sent the words of `numbers` are erased, and all that is numbered up to `through` is gone. */
export const ErasedMessages = z.object({
  type: z.literal("erased"),
  ...place,
  through: z.int().nonnegative(),
  numbers: z.array(number),
});
export type ErasedMessages = z.infer<typeof ErasedMessages>;
