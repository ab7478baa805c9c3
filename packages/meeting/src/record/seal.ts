import { bytesToHex } from "@noble/hashes/utils.js";
import type { MeetingEvent } from "../event.ts";
import type { MeetingId } from "../ids.ts";
import { NEWEST, named } from "./formats.ts";
import { genesis, hashOf, payloadHashOf, type StoredEvent } from "./stored.ts";

/** What the first event of a record that begins now is linked to. */
export const beginningOf = (meeting: MeetingId): string => genesis(meeting, NEWEST);

/**
 * Writes an event in the newest format and links it to the one before, which may be of an older one. `salt`: 32 random
 * bytes, never used twice; without it a short payload, as a name, could be guessed from its hash after erasure. Events
 * without a payload are salted too, so all look alike.
 */
export function seal(previousHash: string, event: MeetingEvent, salt: Uint8Array): StoredEvent {
  if (salt.length !== 32) throw new Error(`A salt has 32 bytes, not ${salt.length}.`);
  const saltHex = bytesToHex(salt);
  const sealed = { ...named(NEWEST), ...event, salt: saltHex, payloadHash: payloadHashOf(event.payload, saltHex) };
  return { ...sealed, hash: hashOf(previousHash, sealed) };
}

/** The event without its words, for good. Its place in the chain stays as it was. */
export const erase = (stored: StoredEvent): StoredEvent => ({ ...stored, payload: null, salt: null });
