import assert from "node:assert/strict";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { pino } from "pino";
import type { Folders } from "../folders.ts";
import { Ledger } from "../ledger.ts";
import { Release } from "../release.ts";
import type { Segment } from "../segment.ts";
import { emptyHouse, MEETING } from "../testing/house.ts";
import { heading, segments } from "../testing/segments.ts";
import { Unreleased } from "../unreleased.ts";
import { Feed } from "./feed.ts";
import type { PublicFile, Sink } from "./sink.ts";

const log = pino({ level: "silent" });
const always = Number.POSITIVE_INFINITY;
const pace = { patienceMs: 50, firstPauseMs: 1, mostPauseMs: 4 };

/** Keeps names alone, and does what it is told to do before each. */
class Notes implements Sink {
  readonly name = "notes";
  readonly told: string[] = [];
  readonly there = new Set<string>();
  before: (name: string) => Promise<void> = async () => undefined;

  async names(): Promise<string[]> {
    return [...this.there];
  }

  async put({ name }: PublicFile): Promise<void> {
    await this.before(name);
    this.told.push(name);
    this.there.add(name);
  }

  async remove(name: string): Promise<void> {
    await this.before(name);
    this.there.delete(name);
  }

  get segments(): number[] {
    return this.told.filter((name) => name.endsWith(".m4s")).map((name) => Number.parseInt(name, 10));
  }
}

async function house(context: TestContext, of: readonly Segment[]) {
  const folders = await emptyHouse(context);
  const unreleased = await Unreleased.open(folders.unreleased);
  await unreleased.begin(0, Buffer.from("init"));
  for (const one of of) await unreleased.add(one, Buffer.from("abc"));
  return { folders, unreleased, ...(await opened(context, folders, unreleased)) };
}

/** As each egress opens them. */
async function opened(context: TestContext, folders: Folders, unreleased: Unreleased, sink = new Notes()) {
  const ledger = await Ledger.open(folders.ledger);
  const feed = new Feed({ meeting: MEETING, sink, folder: folders.public, ledger, log, pace });
  const release = new Release(MEETING, folders, unreleased, ledger, (segment) => feed.needs(segment));
  const run = () => {
    void feed.run();
    context.after(() => feed.stop());
  };
  return { ledger, sink, feed, release, run };
}

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

test("a sink gets init segment, segments in order and then what names them, and is as far as the ledger says", async (context) => {
  const { ledger, release, sink, feed, run } = await house(context, segments(3));
  while (await release.advance(1e9, 0, always));
  run();
  assert.ok(await feed.settled(5000));
  assert.deepEqual(sink.told.slice(0, 4), ["init-0.mp4", "0.m4s", "1.m4s", "2.m4s"]);
  assert.deepEqual(sink.told.slice(-2), ["720p.m3u8", "live.m3u8"]);
  assert.ok(sink.there.has("state.json"));
  assert.deepEqual(ledger.has("notes"), { through: 2, takenBack: -1 });
  assert.deepEqual(feed.health(), { name: "notes", behindMs: 0, failing: false, lost: 0 });
});

test("to an old ledger, which names no sink, the folder has all, and a new sink nothing yet", async (context) => {
  const { folders, unreleased } = await house(context, []);
  await mkdir(dirname(folders.ledger), { recursive: true });
  await mkdir(folders.public);
  const lines = segments(3).map(({ heading: _, more: __, ...segment }) => ({ type: "segment", segment, heading }));
  await writeFile(folders.ledger, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  for (const name of ["init-0.mp4", "0.m4s", "1.m4s", "2.m4s"]) await writeFile(join(folders.public, name), "abc");
  const { sink, feed, release, run } = await opened(context, folders, unreleased);
  assert.equal(await release.advance(1e9, 0, always), false);
  run();
  assert.ok(await feed.settled(5000));
  assert.deepEqual(sink.segments, [0, 1, 2]);
});

test("what is destroyed unreleased never reaches any sink, nor does it wait for one", async (context) => {
  const { unreleased, release, sink, feed, run } = await house(context, segments(6));
  for (const _ of numbers(2)) await release.advance(1e9, 0, always);
  run();
  // The last two are destroyed while the sink has none of it yet.
  sink.before = () => wait(10);
  await unreleased.destroyFrom(8000);
  while (await release.advance(1e9, 0, always)) feed.wake(0);
  feed.wake(0);
  assert.ok(await feed.settled(5000));
  assert.deepEqual(sink.segments, [0, 1, 2, 3]);
});

test("what an egress put and died before it wrote that down is not put again by the next one", async (context) => {
  const { folders, unreleased, release, sink } = await house(context, segments(3));
  while (await release.advance(1e9, 0, always));
  for (const name of ["init-0.mp4", "0.m4s"]) sink.there.add(name);
  const next = await opened(context, folders, unreleased, sink);
  next.run();
  assert.ok(await next.feed.settled(5000));
  assert.deepEqual(sink.segments, [1, 2]);
});

test("a file that is gone is told and passed over; what follows it goes on", async (context) => {
  const { folders, release, sink, feed, run } = await house(context, segments(3));
  while (await release.advance(1e9, 0, always));
  await rm(join(folders.public, "1.m4s"));
  run();
  assert.ok(await feed.settled(5000));
  assert.deepEqual(sink.segments, [0, 2]);
  assert.equal(feed.health().lost, 1);
});

test("a sink that fails, or takes no notice of being waited for no longer, is tried again until it does its part", async (context) => {
  const { release, sink, feed, run } = await house(context, segments(2));
  while (await release.advance(1e9, 0, always));
  let tries = 0;
  sink.before = async (name) => {
    if (name !== "1.m4s" || ++tries > 4) return;
    if (tries % 2 === 0) throw new Error("no");
    await new Promise(() => undefined);
  };
  run();
  assert.equal(await feed.settled(30), false);
  assert.ok(await feed.settled(10_000));
  assert.equal(tries, 5);
  assert.deepEqual(sink.segments, [0, 1]);
});

test("what was taken back before a sink got it never comes to it, and what follows does", async (context) => {
  const { folders, release, sink, ledger, unreleased, feed, run } = await house(context, segments(2));
  while (await release.advance(1e9, 0, always));
  sink.there.add("0.m4s").add("state.json");
  await release.takeBack();
  run();
  assert.ok(await feed.settled(5000));
  assert.deepEqual([sink.segments, [...sink.there]], [[], []]);
  assert.deepEqual(ledger.has("notes"), { through: 1, takenBack: 1 });
  feed.stop();

  for (const one of segments(4).slice(2)) await unreleased.add(one, Buffer.from("abc"));
  await unreleased.begin(0, Buffer.from("init"));
  const next = await opened(context, folders, unreleased, sink);
  while (await next.release.advance(1e9, 0, always)) next.feed.wake(0);
  next.run();
  assert.ok(await next.feed.settled(5000));
  assert.deepEqual(sink.segments, [2, 3]);
  const old = (await readdir(folders.public)).filter((name) => /^[01]\.m4s$/.test(name));
  assert.deepEqual(old, []);
});

test("slates that no player can want stay while a sink that is behind needs them, and go when it has them", async (context) => {
  const slates = segments(100).map((one) => ({ ...one, record: false, live: false }));
  const { folders, release, sink, feed, run, unreleased } = await house(context, slates);
  while (await release.advance(1e9, 0, always));
  const there = async () => (await readdir(folders.public)).filter((name) => name.endsWith(".m4s")).length;
  assert.equal(await there(), 100);
  run();
  assert.ok(await feed.settled(10_000));
  assert.deepEqual(sink.segments, numbers(100));
  await unreleased.add({ ...slates[99]!, number: 100, at: 200_000 }, Buffer.from("abc"));
  await release.advance(1e9, 0, always);
  assert.equal(await there(), 61);
});
