import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import {
  beginningOf,
  decide,
  erase,
  evolve,
  lift,
  parseCommand,
  readRecord,
  StoredEvent,
  seal,
  stamp,
  UnreadableEvent,
  verify,
} from "../index.ts";
import { office, opened } from "../testing/council.ts";
import { formats, NEWEST } from "./formats.ts";

const salt = new Uint8Array(32).fill(7);

const fixture = (file: string): StoredEvent[] =>
  readFileSync(join(import.meta.dirname, "fixtures", file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => StoredEvent.parse(JSON.parse(line)));

const files = globSync("*/*.ndjson", { cwd: join(import.meta.dirname, "fixtures") });

/** A record as it is written today. */
function written(): StoredEvent[] {
  const record: StoredEvent[] = [];
  for (const event of opened().events)
    record.push(seal(record.at(-1)?.hash ?? beginningOf(event.meeting), event, salt));
  return record;
}

const codeOf = (record: readonly unknown[]): string | null => {
  try {
    readRecord(record);
    return null;
  } catch (error) {
    assert.ok(error instanceof UnreadableEvent);
    return error.code;
  }
};

test("of each format that was written before there are records", () => {
  const kept = new Set(files.map((file) => `raadhuis-record/${file.split("/")[0]}`));
  assert.deepEqual([...kept].sort(), formats.slice(0, Math.max(1, formats.length - 1)));
});

for (const file of files)
  test(`the record ${file} of an older version holds as it was written, and is read`, () => {
    const record = fixture(file);
    const head = record.at(-1)!.hash;
    assert.deepEqual(verify(record, { head }), { ok: true, head });
    const { state, events } = readRecord(record)!;
    assert.equal(events.length, record.length);
    const phases: Record<string, string> = { planned: "planned", suspended: "suspended", closed: "suspended" };
    assert.equal(state.phase, phases[basename(file, ".ndjson")] ?? "ended");
    assert.ok(state.seats.length >= 4);
  });

test("a record of an older format goes on in the newest, in one chain", () => {
  const record = fixture("1/suspended.ndjson");
  const { state, head } = readRecord(record)!;
  const parsed = parseCommand({ type: "resumeMeeting" });
  assert.ok("command" in parsed);
  const decision = decide(state, parsed.command, { actor: office, now: 0 });
  assert.ok("events" in decision);
  const events = stamp(decision.events, { meeting: state.id, version: state.version, at: 0, by: office });
  const sealed = seal(head, events[0]!, salt);
  const whole = [...record, sealed];
  assert.deepEqual(verify(whole), { ok: true, head: sealed.hash });
  assert.deepEqual(readRecord(whole)?.state, evolve(state, events[0]!));
});

test("what was written is what is hashed, with what nobody knows here; and it is never rewritten", () => {
  const record = written();
  const later = { ...record[0]!, later: "a field of a later version" };
  assert.deepEqual(verify([later]), { ok: false, version: 1, code: "hash.changed" });
  const before = JSON.stringify(record);
  readRecord(record);
  assert.equal(JSON.stringify(record), before);
});

test("an event of an unknown format, kind or field is refused by name, wherever the field is", () => {
  const [first, ...rest] = written();
  const cases: [object, string][] = [
    [{ format: "raadhuis-record/0" }, "format.unknown"],
    [{ type: "meeting.dreamt" }, "event.unknown"],
    [{ type: "toString" }, "event.unknown"],
    [{ later: 1 }, "event.malformed"],
    [{ by: { ...Object(first!.by), later: 1 } }, "event.malformed"],
    [{ structure: { ...first!.structure, later: 1 } }, "event.malformed"],
    [{ payload: { ...first!.payload, later: "x" } }, "event.malformed"],
    [{ hash: "none" }, "event.malformed"],
    [{ version: 2 }, "event.misplaced"],
  ];
  for (const [change, code] of cases) assert.equal(codeOf([{ ...first, ...change }, ...rest]), code);
  assert.equal(codeOf([null]), "event.malformed");
  assert.equal(codeOf([first, rest[1]]), "event.misplaced");
  assert.equal(codeOf([first, ...rest]), null);
});

test("the head at a meeting's end can be checked whatever comes after it", () => {
  const record = written();
  const at = record.length - 2;
  const { hash: head } = record[at - 1]!;
  assert.equal(verify(record, { head, at }).ok, true);
  assert.deepEqual(verify(record, { head, at: at - 1 }), { ok: false, version: at - 1, code: "head.different" });
  assert.deepEqual(verify(record.slice(0, at - 1), { head, at }), {
    ok: false,
    version: at - 1,
    code: "head.different",
  });
});

test("an event says the same after it was lifted as when it was written", () => {
  for (const [index, event] of opened().events.entries()) {
    const stored = written()[index]!;
    assert.deepEqual(lift(stored), event);
    assert.deepEqual(lift(erase(stored)), { ...event, payload: null });
    assert.equal(stored.format ?? formats[0], NEWEST);
  }
});

test("the record to try a verifier on that docs/protocol.md gives holds", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../../docs/protocol.md"), "utf8");
  const example = text.split("\n\n").find((part) => part.startsWith('    {"format":"raadhuis-record'));
  assert.ok(example);
  const record = [JSON.parse(example)];
  assert.equal(verify(record).ok, true);
  assert.equal(readRecord(record)?.state.title, "Council");
});
