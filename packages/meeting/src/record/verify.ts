import type { MeetingId } from "../ids.ts";
import { FIRST, formatOf } from "./formats.ts";
import { genesis, hashOf, payloadHashOf, StoredEvent } from "./stored.ts";

export type RecordFault =
  | "record.empty"
  | "event.malformed"
  | "format.unknown"
  | "meeting.different"
  | "version.out-of-order"
  | "payload.changed"
  | "hash.changed"
  | "head.different";

export type Verification = { ok: true; head: string } | { ok: false; version: number; code: RecordFault };

/**
 * Checks a whole record as it was written, parsed from JSON and no further, first event first; docs/protocol.md says which bytes are hashed, for whoever
 * writes a verifier of their own. A record that lost its last events is a valid, shorter one: give the `head` that was
 * published to be certain that it is whole. `version`: where the first fault is.
 *
 * What happens after a meeting has ended does not change the head at its end: `at` says of which event `head` is the
 * hash, where that is not the last one.
 */
export function verify(
  record: readonly unknown[],
  expected: { meeting?: MeetingId; head?: string; at?: number } = {},
): Verification {
  if (record.length === 0) return { ok: false, version: 0, code: "record.empty" };
  const at = expected.at ?? record.length;
  let before: StoredEvent | undefined;
  let headThere: string | undefined;
  for (const [index, raw] of record.entries()) {
    const version = index + 1;
    if (!isStored(raw)) return { ok: false, version, code: "event.malformed" };
    const meeting = before?.meeting ?? expected.meeting ?? raw.meeting;
    const code = faultOf(raw, { meeting, version, previousHash: before?.hash ?? beginning(raw, meeting) });
    if (code) return { ok: false, version, code };
    if (version === at) headThere = raw.hash;
    before = raw;
  }
  if (expected.head !== undefined && expected.head !== headThere)
    return { ok: false, version: Math.min(at, record.length), code: "head.different" };
  return { ok: true, head: before?.hash ?? "" };
}

/** The raw event itself is hashed: what parsing leaves out, as a field named `__proto__`, could be put in unseen. */
const isStored = (raw: unknown): raw is StoredEvent => StoredEvent.safeParse(raw).success;

/** What the first event is linked to: its own format's beginning. */
const beginning = (first: StoredEvent, meeting: MeetingId): string => genesis(meeting, formatOf(first) ?? FIRST);

function faultOf(
  event: StoredEvent,
  due: { meeting: MeetingId; version: number; previousHash: string },
): RecordFault | undefined {
  if (!formatOf(event)) return "format.unknown";
  if (event.meeting !== due.meeting) return "meeting.different";
  if (event.version !== due.version) return "version.out-of-order";
  try {
    const payloadHolds =
      event.salt === null ? event.payload === null : event.payloadHash === payloadHashOf(event.payload, event.salt);
    if (!payloadHolds) return "payload.changed";
    return event.hash === hashOf(due.previousHash, event) ? undefined : "hash.changed";
  } catch {
    // Of half a character, or of what is nested without end, there is no canonical JSON.
    return "event.malformed";
  }
}
