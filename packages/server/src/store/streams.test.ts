import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { TestContext } from "node:test";
import { type Actor, MeetingId, SeatId } from "@raadhuis/meeting";
import { type Engine, onEachEngine } from "../testing/engines.ts";
import { OwnFeed } from "./feed/feed.ts";
import { tellingBy } from "./feed/open.ts";
import { openDatabase } from "./openDatabase.ts";
import { recordStore } from "./record.ts";
import { type NewMessage, streamStore } from "./streams.ts";

const meeting = MeetingId.parse("abcdefgh23456789");
const anna: Actor = { kind: "seat", seat: SeatId.parse("seatanna1") };
const mo: Actor = { kind: "seat", seat: SeatId.parse("seatmo123") };
const all = { meeting, stream: "notes", audience: "all" };

async function storeFor(t: TestContext, { at }: Engine, most?: { ofOne: number; all: number }) {
  const opened = await openDatabase(at);
  t.after(() => opened.close());
  const db = tellingBy(new OwnFeed((error) => assert.ifError(error)), opened);
  const summary = { kind: "call", title: "T", startsAt: 1, phase: "open", recording: false, organ: null } as const;
  await recordStore(db).append({ meeting, expected: 0, events: [], summary, now: 1 });
  const store = streamStore(db, most);
  let count = 0;
  const say = async (text: string, more: Partial<NewMessage> = {}) => {
    const appended = await store.append({ ...all, by: anna, id: `${count++}`, body: { text }, now: 5, ...more });
    return "refused" in appended ? appended.refused : appended.number;
  };
  return { store, say };
}

onEachEngine(
  "an author's share of an audience has an end, and so has the whole; erasing all of it makes room",
  async (t, engine) => {
    const { store, say } = await storeFor(t, engine, { ofOne: 2, all: 3 });
    assert.deepEqual([await say("a"), await say("b"), await say("c")], [1, 2, "stream.full"]);
    assert.equal(await say("elsewhere", { audience: "desk" }), 1);
    assert.equal(await say("d", { by: mo }), 3);
    assert.equal(await say("e", { by: mo }), "stream.full");
    await store.eraseWords(all, [1, 2]);
    assert.equal(await say("f"), "stream.full", "what lost its words is there still");
    await store.eraseAll(all);
    assert.equal(await say("g"), 4);
  },
);

onEachEngine("what is refused or done already leaves nothing behind", async (t, engine) => {
  const { store, say } = await storeFor(t, engine);
  await say("a", { id: "one" });
  assert.equal(await say("b", { id: "two", after: 0 }), "stream.outdated");
  assert.equal(await say("c", { id: "one" }), 1, "it has its number still");
  assert.deepEqual(
    (await store.messages(all, 0, 10)).map(({ number, body }) => [number, body?.text]),
    [[1, "a"]],
  );
  assert.equal(await store.doneAppend(all, anna, "one"), 1);
  assert.equal(await store.doneAppend(all, anna, "two"), undefined);
  assert.equal(await store.doneAppend(all, mo, "one"), undefined);
  await store.forgetAppends(6);
  assert.equal(await store.doneAppend(all, anna, "one"), undefined);
});

onEachEngine("erased words are gone from the file, and from its log", async (t, engine) => {
  if (!("file" in engine.at)) return t.skip("PostgreSQL overwrites nothing: docs/security.md");
  const { file } = engine.at;
  const { store, say } = await storeFor(t, engine);
  const isThere = (word: string) => [file, `${file}-wal`].some((name) => readFileSync(name).includes(word));
  await say("firstsecret");
  await say("secondsecret");
  assert.deepEqual([isThere("firstsecret"), isThere("secondsecret")], [true, true]);
  await store.eraseWords(all, [1]);
  assert.deepEqual([isThere("firstsecret"), isThere("secondsecret")], [false, true]);
  await store.eraseAll(all);
  assert.equal(isThere("secondsecret"), false);
});

onEachEngine("erasing what is not there or is erased already is no erasure", async (t, engine) => {
  const { store, say } = await storeFor(t, engine);
  await store.eraseAll(all);
  await store.eraseWords(all, [1]);
  assert.deepEqual(await store.heads(meeting), []);
  await say("a");
  await store.eraseWords(all, [1]);
  await store.eraseWords(all, [1, 2]);
  const head = { stream: "notes", audience: "all", last: 1, erasures: 1, erasedThrough: 0 };
  assert.deepEqual(await store.heads(meeting), [head]);
});
