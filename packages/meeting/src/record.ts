import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import { z } from "zod";
import { type MeetingEvent, parseEvent } from "./event.ts";
import type { MeetingId } from "./ids.ts";

/**
 * The record: a chain of hashes over a meeting's events from the first. docs/protocol.md says which bytes are hashed,
 * for whoever writes a verifier of their own. Hashes and salts are lower-case hexadecimal.
 */
const FORMAT = "raadhuis-record/1";
const hex256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What an event carries in the record beside itself. `salt` is `null` once the payload is erased. */
export const Seal = z.object({ salt: hex256.nullable(), payloadHash: hex256, hash: hex256 });
export type Seal = z.infer<typeof Seal>;
export type SealedEvent = MeetingEvent & Seal;

/** What the first event's `previous` is: it binds the chain to its meeting. */
export const genesis = (meeting: MeetingId): string => digest({ format: FORMAT, meeting });

/**
 * Links an event to the one before it. `salt`: 32 random bytes, never used twice; without it a short payload, as a
 * name, could be guessed from its hash after erasure. Events without a payload are salted too, so all look alike.
 */
export function seal(previousHash: string, event: MeetingEvent, salt: Uint8Array): SealedEvent {
  if (salt.length !== 32) throw new Error(`A salt has 32 bytes, not ${salt.length}.`);
  const saltHex = bytesToHex(salt);
  const payloadHash = payloadHashOf(event.payload, saltHex);
  return { ...event, salt: saltHex, payloadHash, hash: hashOf(previousHash, event, payloadHash) };
}

/** The event without its words, for good. Its place in the chain stays as it was. */
export const erase = (sealed: SealedEvent): SealedEvent => ({ ...sealed, payload: null, salt: null });

export type RecordFault =
  | "record.empty"
  | "meeting.different"
  | "version.out-of-order"
  | "payload.changed"
  | "hash.changed"
  | "head.different";

export type Verification = { ok: true; head: string } | { ok: false; version: number; code: RecordFault };

/**
 * Checks a whole record of parsed events, first event first. A record that lost its last events is a valid, shorter one: give the
 * `head` that was published to be certain that it is whole. `version`: where the first fault is.
 */
export function verify(
  record: readonly SealedEvent[],
  expected: { meeting?: MeetingId; head?: string } = {},
): Verification {
  const first = record[0];
  if (!first) return { ok: false, version: 0, code: "record.empty" };
  const meeting = expected.meeting ?? first.meeting;
  let head = genesis(meeting);
  for (const [index, event] of record.entries()) {
    const code = faultOf(event, { meeting, version: index + 1, previousHash: head });
    if (code) return { ok: false, version: index + 1, code };
    head = event.hash;
  }
  if (expected.head !== undefined && expected.head !== head)
    return { ok: false, version: record.length, code: "head.different" };
  return { ok: true, head };
}

/** Parses an event of a record at a border; throws a ZodError where it is none. */
export function parseSealedEvent(raw: unknown): SealedEvent {
  return { ...parseEvent(raw), ...Seal.parse(raw) };
}

function faultOf(
  event: SealedEvent,
  due: { meeting: MeetingId; version: number; previousHash: string },
): RecordFault | undefined {
  if (event.meeting !== due.meeting) return "meeting.different";
  if (event.version !== due.version) return "version.out-of-order";
  const payloadHolds =
    event.salt === null ? event.payload === null : event.payloadHash === payloadHashOf(event.payload, event.salt);
  if (!payloadHolds) return "payload.changed";
  return event.hash === hashOf(due.previousHash, event, event.payloadHash) ? undefined : "hash.changed";
}

const payloadHashOf = (payload: MeetingEvent["payload"], salt: string): string => digest({ payload, salt });

const hashOf = (previous: string, event: MeetingEvent, payloadHash: string): string => {
  const { meeting, version, at, by, type, structure } = event;
  return digest({ format: FORMAT, previous, meeting, version, at, by, type, structure, payloadHash });
};

/** SHA-256 of a value's canonical JSON (RFC 8785) in UTF-8. */
function digest(value: object): string {
  const json = canonicalize(value);
  if (json === undefined) throw new Error("Nothing to hash.");
  return bytesToHex(sha256(utf8ToBytes(json)));
}
