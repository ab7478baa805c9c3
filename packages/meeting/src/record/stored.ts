import { z } from "zod";
import { MeetingId } from "../ids.ts";
import { digest } from "./digest.ts";
import { type Format, formatOf } from "./formats.ts";

const hex256 = z.string().regex(/^[0-9a-f]{64}$/);
const json = z.record(z.string(), z.unknown());

/**
 * An event as it was written, of whatever format. It is kept with all its fields, also those that nobody knows here: the
 * chain's hashes are over what was written, and not over what we make of it (lift.ts). Hashes and salts are lower-case hexadecimal.
 */
export const StoredEvent = z.looseObject({
  format: z.string().optional(),
  meeting: MeetingId,
  version: z.int().positive(),
  type: z.string(),
  structure: json,
  /** `null` where there is none, and once it is erased; then `salt` is too. */
  payload: json.nullable(),
  salt: hex256.nullable(),
  payloadHash: hex256,
  hash: hex256,
  /** Hashed in its place is the hash of the event before: one that stands in an event would be covered by nothing. */
  previous: z.never().optional(),
});
export type StoredEvent = z.infer<typeof StoredEvent>;

/** What the first event's `previous` is: it binds the chain to its meeting. `format`: of the first event. */
export const genesis = (meeting: MeetingId, format: Format): string => digest({ format, meeting });

/** A payload's hash, by which it cannot be guessed while its salt is not known. */
export const payloadHashOf = (payload: StoredEvent["payload"], salt: string): string => digest({ payload, salt });

/** The hash of an event: over the hash of the one before, and all of it that is never erased. */
export function hashOf(previous: string, event: Omit<StoredEvent, "hash">): string {
  const { payload: _payload, salt: _salt, hash: _hash, ...kept } = event;
  return digest({ ...kept, format: formatOf(event), previous });
}
