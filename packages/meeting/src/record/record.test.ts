import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import {
  beginningOf,
  erase,
  lift,
  type MeetingEvent,
  MeetingId,
  type MeetingState,
  mayEnter,
  mediaRightsOf,
  programmeOf,
  readRecord,
  StoredEvent,
  seal,
  UnreadableEvent,
  verify,
} from "../index.ts";
import { meeting, opened } from "../testing/council.ts";
import { eventsOf } from "../testing/moment.ts";
import { story, tell } from "../testing/story.ts";

const salt = (seed: number): Uint8Array => new Uint8Array(32).map((_, index) => (seed * 31 + index * 7) % 256);

function sealed(events: readonly MeetingEvent[]): StoredEvent[] {
  const record: StoredEvent[] = [];
  for (const event of events)
    record.push(seal(record.at(-1)?.hash ?? beginningOf(event.meeting), event, salt(event.version)));
  return record;
}

const read = (record: readonly StoredEvent[]): MeetingState => readRecord(record)!.state;

const record = story.map((steps) => sealed(eventsOf(tell(steps)))).filter((events) => events.length > 2);
/** Any place in a list of at least one. */
const place = fc.noBias(fc.nat());
const runs = { numRuns: 100 };

test("a record as it was written holds, and any of its payloads may be erased", () => {
  fc.assert(
    fc.property(record, fc.infiniteStream(fc.boolean()), (events, erased) => {
      const head = events.at(-1)!.hash;
      assert.deepEqual(verify(events, { head }), { ok: true, head });
      const remaining = events.map((event) => (erased.next().value ? erase(event) : event));
      assert.deepEqual(verify(remaining, { head }), { ok: true, head });
    }),
    runs,
  );
});

test("an erased payload changes words only: no right, no result, no programme", () => {
  fc.assert(
    fc.property(record, fc.infiniteStream(fc.boolean()), (events, erased) => {
      const remaining = events.map((event) => (erased.next().value ? erase(event) : event));
      for (const length of events.keys()) {
        const whole = read(events.slice(0, length + 1));
        const blanked = read(remaining.slice(0, length + 1));
        assert.deepEqual(withoutWords(blanked), withoutWords(whole));
        for (const { id } of whole.seats) {
          assert.equal(mayEnter(blanked, id), mayEnter(whole, id));
          assert.deepEqual(mediaRightsOf(blanked, id), mediaRightsOf(whole, id));
        }
        assert.deepEqual({ ...programmeOf(blanked), text: null }, { ...programmeOf(whole), text: null });
      }
      const nothingLeft = read(events.map(erase));
      assert.deepEqual(nothingLeft, withoutWords(nothingLeft));
    }),
    { numRuns: 30 },
  );
});

test("a record that is read in two pieces is the record read at once, wherever it is cut", () => {
  fc.assert(
    fc.property(record, place, (events, at) => {
      const cut = 1 + (at % (events.length - 1));
      const begun = readRecord(events.slice(0, cut))!;
      const kept = structuredClone(begun.events);
      assert.deepEqual(readRecord(events.slice(cut), begun), readRecord(events));
      assert.deepEqual(begun.events, kept);
      assert.deepEqual(readRecord([], begun), begun);
    }),
    runs,
  );
});

test("what does not follow on what was read already is refused", () => {
  fc.assert(
    fc.property(record, (events) => {
      const begun = readRecord(events.slice(0, 1))!;
      assert.throws(() => readRecord(events.slice(2), begun), UnreadableEvent);
    }),
    runs,
  );
});

test("any changed event breaks the chain, whatever in it was changed", () => {
  fc.assert(
    fc.property(record, place, place, (events, at, where) => {
      const index = at % events.length;
      const head = events.at(-1)!.hash;
      const leaves = leavesOf(events[index]!);
      const leaf = leaves[where % leaves.length]!;
      const changed = events.with(index, withLeaf(events[index]!, leaf));
      const verdict = verify(changed, { meeting: events[0]!.meeting, head });
      assert.equal(verdict.ok, false, `a change of ${leaf.join(".")} in event ${index + 1} went unseen`);
      assert.ok(!verdict.ok && verdict.version === index + 1);
    }),
    { numRuns: 300 },
  );
});

test("nothing can be written into an event unseen, whatever it is called", () => {
  const texts = sealed(opened().events).map((event) => JSON.stringify(event));
  const head = sealed(opened().events).at(-1)!.hash;
  const codeOf = (change: (text: string) => string) => {
    const changed = texts.map((text, index) => (index === 2 ? change(text) : text));
    assert.notDeepEqual(changed, texts);
    const found = verify(
      changed.map((text): unknown => JSON.parse(text)),
      { head },
    );
    return found.ok ? "ok" : [found.version, found.code];
  };
  const put = (field: string) => (text: string) => text.replace("{", `{${field}:{"name":"Anna"},`);
  assert.deepEqual(codeOf(put('"other"')), [3, "hash.changed"]);
  assert.deepEqual(codeOf(put('"__proto__"')), [3, "hash.changed"]);
  assert.deepEqual(codeOf(put('"previous"')), [3, "event.malformed"]);
  assert.deepEqual(codeOf(put('"\\ud800"')), [3, "event.malformed"]);
  const within = (part: string) => (text: string) =>
    text.replace(`"${part}":{`, `"${part}":{"__proto__":{"name":"Anna"},`);
  assert.deepEqual(codeOf(within("structure")), [3, "hash.changed"]);
  assert.deepEqual(codeOf(within("payload")), [3, "payload.changed"]);
});

test("an event rewritten and sealed anew breaks the chain behind it", () => {
  fc.assert(
    fc.property(record, place, (events, at) => {
      const index = at % events.length;
      const head = events.at(-1)!.hash;
      const event = events[index]!;
      const previous = events[index - 1]?.hash ?? beginningOf(event.meeting);
      const forged = events.with(index, seal(previous, { ...lift(event), at: 7 }, salt(event.version)));
      const verdict = verify(forged, { head });
      assert.ok(!verdict.ok && verdict.version === Math.min(index + 2, events.length));
    }),
    runs,
  );
});

test("any missing event breaks the chain", () => {
  fc.assert(
    fc.property(record, place, (events, at) => {
      const head = events.at(-1)!.hash;
      assert.equal(verify(events.toSpliced(at % events.length, 1), { head }).ok, false);
      assert.equal(verify([], { head }).ok, false);
    }),
    runs,
  );
});

test("any added event breaks the chain: the same twice, one of another place, one renumbered to fit", () => {
  fc.assert(
    fc.property(record, place, place, (events, at, from) => {
      const index = at % (events.length + 1);
      const head = events.at(-1)!.hash;
      const copy = events[from % events.length]!;
      assert.equal(verify(events.toSpliced(index, 0, copy), { head }).ok, false);
      const renumbered = [...events.slice(0, index), { ...copy, version: index + 1 }];
      for (const event of events.slice(index)) renumbered.push({ ...event, version: event.version + 1 });
      assert.equal(verify(renumbered, { head }).ok, false);
    }),
    runs,
  );
});

test("any moved event breaks the chain, renumbered or not", () => {
  fc.assert(
    fc.property(record, place, place, (events, one, other) => {
      const head = events.at(-1)!.hash;
      const from = one % events.length;
      const to = (from + 1 + (other % (events.length - 1))) % events.length;
      const moved = events.toSpliced(from, 1).toSpliced(to, 0, events[from]!);
      assert.equal(verify(moved, { head }).ok, false);
      const renumbered = moved.map((event, index) => ({ ...event, version: index + 1 }));
      assert.equal(verify(renumbered, { head }).ok, false);
    }),
    runs,
  );
});

test("a record does not pass for that of another meeting", () => {
  const events = sealed(opened().events);
  const other = MeetingId.parse("othermeeting");
  assert.deepEqual(verify(events, { meeting: other }), { ok: false, version: 1, code: "meeting.different" });
  const renamed = events.map((event) => ({ ...event, meeting: other }));
  assert.deepEqual(verify(renamed), { ok: false, version: 1, code: "hash.changed" });
});

test("a record without its end holds by itself, and not against the head that was published", () => {
  const events = sealed(opened().events);
  const head = events.at(-1)!.hash;
  const cut = events.slice(0, -1);
  assert.equal(verify(cut).ok, true);
  assert.deepEqual(verify(cut, { head }), { ok: false, version: cut.length, code: "head.different" });
});

test("an erased event holds no word and no salt", () => {
  const [first] = sealed(opened().events);
  assert.match(JSON.stringify(first), /West Betuwe/);
  const erased = erase(first!);
  assert.doesNotMatch(JSON.stringify(erased), /West Betuwe/);
  assert.equal(erased.salt, null);
  assert.equal(erased.hash, first!.hash);
});

test("no words can be put into an erased event", () => {
  const [first, ...rest] = sealed(opened().events);
  const invented: StoredEvent = { ...first!, salt: null };
  assert.deepEqual(verify([invented, ...rest]), { ok: false, version: 1, code: "payload.changed" });
  const emptied: StoredEvent = { ...erase(first!), salt: "0".repeat(64) };
  assert.deepEqual(verify([emptied, ...rest]), { ok: false, version: 1, code: "payload.changed" });
});

test("the same name is hashed differently each time, so no erased name can be guessed from its hash", () => {
  const [first] = opened().events;
  const one = seal(beginningOf(meeting), first!, salt(1));
  const other = seal(beginningOf(meeting), first!, salt(2));
  assert.notEqual(one.payloadHash, other.payloadHash);
  assert.throws(() => seal(beginningOf(meeting), first!, new Uint8Array(16)), /32 bytes/);
});

test("a record comes back from JSON as it was", () => {
  const events = sealed(opened().events);
  const read = JSON.parse(JSON.stringify(events.map((event, index) => (index % 2 ? erase(event) : event))));
  assert.equal(
    verify(
      read.map((event: unknown) => StoredEvent.parse(event)),
      { meeting },
    ).ok,
    true,
  );
  assert.throws(() => StoredEvent.parse({ ...events[0], hash: "no hash" }));
});

test("the bytes that are hashed are those of docs/protocol.md", () => {
  const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");
  const [first] = opened().events;
  const saltOfZeros = "0".repeat(64);
  const { payloadHash, hash } = seal(beginningOf(meeting), first!, new Uint8Array(32));
  const previous = sha256('{"format":"raadhuis-record/2","meeting":"westbetuwe1"}');
  assert.equal(beginningOf(meeting), previous);
  assert.equal(
    payloadHash,
    sha256(`{"payload":{"body":"West Betuwe","organ":null,"title":"Council"},"salt":"${saltOfZeros}"}`),
  );
  const head = `{"at":1000,"by":{"account":"kimsaccount","kind":"account"},"format":"raadhuis-record/2","meeting":"westbetuwe1",`;
  const rest = `"structure":{"bodyId":null,"kind":"public","organId":null,"recording":true,"startsAt":1},"type":"meeting.planned","version":1}`;
  assert.equal(hash, sha256(`${head}"payloadHash":"${payloadHash}","previous":"${previous}",${rest}`));
});

function withoutWords(state: MeetingState): MeetingState {
  return {
    ...state,
    body: null,
    title: null,
    agenda: state.agenda.map((item) => ({ ...item, title: null })),
    seats: state.seats.map((seat) => ({ ...seat, name: null, party: null })),
    slates: { before: null, suspended: null, doorsClosed: null, after: null },
  };
}

type Path = (string | number)[];

/** Paths of all that is no container: what a forger could change singly. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

function withLeaf(event: StoredEvent, path: Path): StoredEvent {
  const copy = structuredClone(event);
  let holder: unknown = copy;
  for (const key of path.slice(0, -1)) holder = Reflect.get(Object(holder), key);
  const last = path.at(-1)!;
  Reflect.set(Object(holder), last, otherThan(Reflect.get(Object(holder), last)));
  return copy;
}

function otherThan(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (typeof value === "string") return `a${value}`;
  return "something";
}
