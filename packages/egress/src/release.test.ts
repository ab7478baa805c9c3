import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Folders } from "./folders.ts";
import { Ledger } from "./ledger.ts";
import { due, Release } from "./release.ts";
import { publicNames, stateIn } from "./testing/released.ts";
import { segment, segments } from "./testing/segments.ts";
import { Unreleased } from "./unreleased.ts";

const always = Number.POSITIVE_INFINITY;

async function house(context: TestContext): Promise<Folders> {
  const root = await mkdtemp(join(tmpdir(), "raadhuis-egress-"));
  context.after(() => rm(root, { recursive: true }));
  return { public: join(root, "public"), unreleased: join(root, "unreleased"), ledger: join(root, "ledger.ndjson") };
}

async function open(folders: Folders) {
  const unreleased = await Unreleased.open(folders.unreleased);
  const ledger = await Ledger.open(folders.ledger);
  return { unreleased, ledger, release: new Release("meeting1", folders, unreleased, ledger) };
}

test("a segment is due when its last frame is as old as the delay, and not a moment before", () => {
  const [first] = segments(1);
  assert.deepEqual(due([first!], 11_999, 10_000, always), []);
  assert.deepEqual(due([first!], 12_000, 10_000, always), [first]);
});

test("nothing that is about to be destroyed is due, and nothing overtakes it", () => {
  const all = segments(4);
  assert.deepEqual(due(all, 1e9, 0, 5000), all.slice(0, 2));
  const late = [segment(0, { at: 50_000 }), segment(1, { at: 0 })];
  assert.deepEqual(due(late, 20_000, 0, always), []);
});

test("public holds released segments and their state, and not a word of the others", async (context) => {
  const folders = await house(context);
  const { unreleased, release } = await open(folders);
  await unreleased.begin(0, Buffer.from("init"));
  const entry = (at: number, name: string) => ({
    at,
    scene: "live" as const,
    item: null,
    speaker: { name, role: "member", party: null },
  });
  await unreleased.add(segment(0, { timeline: [entry(0, "Alice"), entry(1500, "Bob")] }), Buffer.from("one"));
  await unreleased.add(segment(1, { timeline: [entry(2500, "Carol")] }), Buffer.from("two"));
  assert.equal(await release.advance(12_500, 10_000, always), true);
  assert.equal(await release.advance(12_500, 10_000, always), false);
  assert.deepEqual(await publicNames(folders.public), [
    "0.m4s",
    "720p.m3u8",
    "init-0.mp4",
    "live.m3u8",
    "parts",
    "state.json",
  ]);
  const state = await stateIn(folders.public);
  assert.ok(state);
  assert.equal(state.delayMs, 10_000);
  assert.deepEqual(
    state.timeline.map(({ speaker }) => speaker?.name),
    ["Alice", "Bob"],
  );
  assert.equal(state.until, 1960);
  assert.ok(state.timeline.every(({ at }) => at <= state.until));
  assert.doesNotMatch(JSON.stringify(state), /Carol/);
});

test("after a crash between the ledger's line and the removal from memory, nothing is released twice", async (context) => {
  const folders = await house(context);
  const one = await open(folders);
  await one.unreleased.begin(0, Buffer.from("init"));
  for (const each of segments(2)) await one.unreleased.add(each, Buffer.from("abc"));
  await one.ledger.add(segment(0));
  const two = await open(folders);
  while (await two.release.advance(1e9, 0, always));
  assert.deepEqual(
    two.ledger.segments.map(({ number }) => number),
    [0, 1],
  );
  assert.equal(two.unreleased.segments.length, 0);
});

test("a line of the ledger that a crash cut off is forgotten, and its segment released again", async (context) => {
  const folders = await house(context);
  const one = await open(folders);
  await one.unreleased.begin(0, Buffer.from("init"));
  for (const each of segments(2)) await one.unreleased.add(each, Buffer.from("abc"));
  await one.release.advance(1e9, 0, always);
  await writeFile(folders.ledger, `${await readFile(folders.ledger, "utf8")}{"type":"segment","segm`);
  const two = await open(folders);
  assert.equal(two.ledger.segments.length, 1);
  while (await two.release.advance(1e9, 0, always));
  assert.deepEqual(
    (await Ledger.open(folders.ledger)).segments.map(({ number }) => number),
    [0, 1],
  );
});

test("segments stay for the recording; others go when no player can want them", async (context) => {
  const folders = await house(context);
  const { unreleased, release } = await open(folders);
  await unreleased.begin(0, Buffer.from("init"));
  for (const each of segments(100)) await unreleased.add({ ...each, record: each.number === 3 }, Buffer.from("abc"));
  while (await release.advance(1e9, 0, always));
  const media = (await readdir(folders.public))
    .filter((name) => name.endsWith(".m4s"))
    .map((name) => Number.parseInt(name, 10));
  media.sort((a, b) => a - b);
  assert.deepEqual(media.slice(0, 2), [3, 39]);
  assert.equal(media.length, 62);
});
