import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { ReleasedState } from "@raadhuis/protocol/public";
import { AV_LOG_ERROR } from "node-av/constants";
import { Log } from "node-av/lib";
import { pino } from "pino";
import { Broadcast } from "./broadcast.ts";
import { Ledger } from "./ledger.ts";
import { FRAME_MS } from "./picture.ts";
import { Release } from "./release.ts";
import { endOf, type Segment } from "./segment.ts";
import { emptyHouse, foldersIn, MEETING, slateOrder } from "./testing/house.ts";
import { segment, segments } from "./testing/segments.ts";
import { NotKept, Unreleased } from "./unreleased.ts";

Log.setLevel(AV_LOG_ERROR);
const always = Number.POSITIVE_INFINITY;
const mayMount = process.getuid?.() === 0 && canMount();
const skip = !mayMount && "a file system can be mounted by root only";

function canMount(): boolean {
  try {
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A file system of this many kilobytes, for the test's length. */
async function small(context: TestContext, kilobytes: number): Promise<{ path: string; remount(how: string): void }> {
  const path = await mkdtemp(join(tmpdir(), "raadhuis-egress-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "none", path]);
  context.after(async () => {
    execFileSync("umount", ["-l", path]);
    await rm(path, { recursive: true });
  });
  return { path, remount: (how) => void execFileSync("mount", ["-o", `remount,${how}`, path]) };
}

async function until(what: string, satisfied: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await wait(20)) if (await satisfied()) return;
  throw new Error(`It never came to this: ${what}`);
}

const numbersOf = (of: readonly Segment[]): number[] => of.map(({ number }) => number);

test("while public cannot be written, segments wait; when it can, all are released, none twice", {
  skip,
}, async (context) => {
  const disk = await small(context, 400);
  const folders = { ...foldersIn(disk.path), unreleased: (await emptyHouse(context)).unreleased };
  const unreleased = await Unreleased.open(folders.unreleased);
  const ledger = await Ledger.open(folders.ledger);
  const release = new Release(MEETING, folders, unreleased, ledger);
  await unreleased.begin(0, Buffer.from("init"));
  for (const each of segments(8)) await unreleased.add({ ...each, bytes: 100_000 }, randomBytes(100_000));
  const advance = () => release.advance(1e9, 0, always);
  const all = () => [...numbersOf(ledger.segments), ...numbersOf(unreleased.segments)];

  await assert.rejects(async () => {
    while (await advance());
  }, /ENOSPC/);
  assert.ok(ledger.segments.length > 0 && unreleased.segments.length > 0);
  assert.deepEqual(all(), [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(
    (await readdir(folders.public)).filter((name) => name.endsWith(".part")),
    [],
  );
  disk.remount("size=4096k,ro");
  await assert.rejects(advance, /EROFS/);
  assert.deepEqual(all(), [0, 1, 2, 3, 4, 5, 6, 7]);

  disk.remount("rw");
  while (await advance());
  const again = await Ledger.open(folders.ledger);
  assert.deepEqual(numbersOf(again.segments), [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.equal(again.damaged, 0);
  const state = ReleasedState.parse(JSON.parse(await readFile(join(folders.public, "state.json"), "utf8")));
  assert.equal(state.until, endOf(segment(7)) - FRAME_MS);
});

test("half a line that a full disk left in the ledger is taken back before the next one", { skip }, async (context) => {
  const { path } = await small(context, 16);
  const folders = foldersIn(path);
  await writeFile(join(path, "filler"), Buffer.alloc(8192));
  const ledger = await Ledger.open(folders.ledger);
  const next = () => ledger.add(segment(ledger.segments.length));
  await assert.rejects(async () => {
    for (;;) await next();
  }, /ENOSPC/);
  const before = ledger.segments.length;
  await rm(join(path, "filler"));
  await next();
  const again = await Ledger.open(folders.ledger);
  assert.equal(again.damaged, 0);
  assert.deepEqual(numbersOf(again.segments), [...Array(before + 1).keys()]);
});

test("no more than a bound waits in memory, and what waits is kept", async (context) => {
  const folders = await emptyHouse(context);
  const unreleased = await Unreleased.open(folders.unreleased, 5);
  assert.ok(unreleased.hasRoom);
  for (const each of segments(2)) await unreleased.add(each, Buffer.from("abc"));
  assert.ok(!unreleased.hasRoom);
  await unreleased.drop(unreleased.segments[0]!);
  assert.ok(unreleased.hasRoom);
  assert.deepEqual(numbersOf((await Unreleased.open(folders.unreleased)).segments), [1]);
});

const log = pino({ level: "silent" });
const open = (folders: Parameters<typeof Broadcast.open>[0]["folders"]): Promise<Broadcast> =>
  Broadcast.open({ meeting: MEETING, folders, url: "ws://unused", log, lingerMs: 0 });

const storedIn = async (folder: string): Promise<Segment[]> => (await Unreleased.open(folder)).segments;
const described = async (folder: string): Promise<number> =>
  (await readdir(folder)).filter((name) => /^\d+\.json$/.test(name)).length;

test("with the memory full nothing new is made and nothing is lost; with room it goes on, the time between a slate", {
  skip,
}, async (context) => {
  const memory = await small(context, 2000);
  const folders = { ...(await emptyHouse(context)), unreleased: memory.path };
  const probe = await Unreleased.open(folders.unreleased);
  const broadcast = await open(folders);
  broadcast.take(slateOrder({ delayMs: 1e9 }));
  const ended = broadcast.run();
  await until("a first segment", async () => (await described(folders.unreleased)) > 0);
  // All the room there is.
  await writeFile(join(folders.unreleased, "filler"), randomBytes(4_000_000)).catch(() => undefined);
  await assert.rejects(probe.add(segment(99), randomBytes(100_000)), NotKept);
  const full = await described(folders.unreleased);
  await wait(4000);
  assert.equal(await described(folders.unreleased), full);
  await rm(join(folders.unreleased, "filler"));
  await until("more segments", async () => (await described(folders.unreleased)) >= full + 3);
  await broadcast.stop();
  assert.equal(await ended, false);
  const kept = await storedIn(folders.unreleased);
  assert.deepEqual(numbersOf(kept), [...kept.keys()]);
  for (const [index, each] of kept.entries())
    if (index > 0) assert.ok(Math.abs(endOf(kept[index - 1]!) - each.at) < 1, `a gap before ${each.number}`);
  assert.ok(new Set(kept.map(({ run }) => run)).size > 1);
});

test("the wall clock set back across a restart stops nothing: the programme goes on where it was", async (context) => {
  const folders = await emptyHouse(context);
  const store = await Unreleased.open(folders.unreleased);
  const ahead = 3_600_000;
  const at = Date.now() + ahead;
  await store.begin(0, Buffer.from("init"));
  await store.add(segment(0, { at }), Buffer.from("abc"));
  const broadcast = await open(folders);
  // An event of the clock as it stands now.
  broadcast.take(slateOrder({ at: Date.now(), delayMs: 0, scene: { kind: "slate", slate: "suspended", text: null } }));
  const ended = broadcast.run();
  const state = async (): Promise<ReleasedState | null> => {
    const text = await readFile(join(folders.public, "state.json"), "utf8").catch(() => null);
    return text === null ? null : ReleasedState.parse(JSON.parse(text));
  };
  await until("what was there is released, and more is made", async () => ((await state())?.until ?? 0) > at + 4000);
  await broadcast.stop();
  assert.equal(await ended, false);
  const released = await state();
  assert.equal(released?.from, at);
  assert.equal(released?.timeline.at(-1)?.scene, "suspended");
  assert.ok(released && released.until < Date.now() + ahead + 3000, "it runs away");
});
