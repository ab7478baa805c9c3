import assert from "node:assert/strict";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { before, type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { AV_LOG_FATAL } from "node-av/constants";
import { Log } from "node-av/lib";
import { pino } from "pino";
import { Broadcast } from "./broadcast.ts";
import type { Folders } from "./folders.ts";
import { Ledger } from "./ledger.ts";
import { recordingThere } from "./recording.ts";
import { Release } from "./release.ts";
import { dyingAt } from "./testing/crash.ts";
import { emptyHouse, encoded, foldersIn, MEETING, slateOrder } from "./testing/house.ts";
import { publicNames, stateIn } from "./testing/released.ts";
import { Unreleased } from "./unreleased.ts";

const SEGMENTS = 3;
// What it is given here is damaged on purpose.
Log.setLevel(AV_LOG_FATAL);
let film: Awaited<ReturnType<typeof encoded>>;
before(async () => {
  film = await encoded(SEGMENTS);
});

/** The meeting is over; two segments are released, the last is not. */
async function almostOver(context: TestContext): Promise<Folders> {
  const folders = await emptyHouse(context);
  const unreleased = await Unreleased.open(folders.unreleased);
  const ledger = await Ledger.open(folders.ledger);
  const release = new Release(MEETING, folders, unreleased, ledger);
  await unreleased.begin(0, film.init);
  for (const { segment, data } of film.media) await unreleased.add(segment, data);
  for (let released = 1; released < SEGMENTS; released++) await release.advance(1e9, 0, Number.POSITIVE_INFINITY);
  await unreleased.keepOrder(slateOrder({ end: true }));
  return folders;
}

const log = pino({ level: "silent" });
const open = (folders: Folders, lingerMs: number): Promise<Broadcast> =>
  Broadcast.open({ meeting: MEETING, folders, url: "ws://unused", log, lingerMs });
const finish = async (folders: Folders): Promise<boolean> => (await open(folders, 0)).run();

const stateOf = (folders: Folders) => stateIn(folders.public);

/** All is done, and well. */
async function assertFinished(folders: Folders, segments = SEGMENTS): Promise<void> {
  assert.deepEqual(await publicNames(folders.public), ["parts", "recording.mp4", "state.json"]);
  const state = await stateOf(folders);
  assert.ok(state?.ended);
  assert.equal(state.recording?.seconds, segments * 2);
  assert.ok(await recordingThere(folders.public, state.recording));
  assert.deepEqual(await readdir(folders.unreleased), []);
  assert.deepEqual(await readdir(dirname(folders.ledger)), []);
}

/** Whatever is missing of the released segments stands in a recording that plays to its end. */
async function assertNothingLost(folders: Folders): Promise<void> {
  const [open, waiting] = await Promise.all([readdir(folders.public), readdir(folders.unreleased)]);
  const whole = film.media.every(({ segment }) =>
    [open, waiting].some((names) => names.includes(`${segment.number}.m4s`)),
  );
  if (whole) return;
  const state = await stateOf(folders);
  assert.ok(await recordingThere(folders.public, state?.recording ?? null), "segments went before the recording stood");
}

test("whichever deed on its files a finishing egress dies at, nothing is lost and the next one ends well", async (context) => {
  const start = await almostOver(context);
  let steps = 0;
  for (let died = true; died; steps++) {
    const root = `${dirname(start.public)}-${steps}`;
    context.after(() => rm(root, { recursive: true }));
    await cp(dirname(start.public), root, { recursive: true });
    const folders = foldersIn(root);
    ({ died } = await dyingAt(steps + 1, () => finish(folders)));
    await assertNothingLost(folders);
    if (died) assert.ok(await finish(folders), `not finished after a death at step ${steps + 1}`);
    await assertFinished(folders);
  }
  assert.ok(steps > 25, `only ${steps} steps were tried`);
});

/** The recording is announced; the egress was stopped before the first segment went. @returns the recording's bytes */
async function announced(folders: Folders): Promise<Buffer> {
  const broadcast = await open(folders, 1e6);
  const ended = broadcast.run();
  while (broadcast.status().state !== "finished") await wait(5);
  await broadcast.stop();
  assert.equal(await ended, false);
  return readFile(join(folders.public, "recording.mp4"));
}

test("a torn state.json and a recording that is cut off are made again from the segments", async (context) => {
  for (const torn of ["", '{"meeting":"meeting1te']) {
    const folders = await almostOver(context);
    const whole = await announced(folders);
    await writeFile(join(folders.public, "state.json"), torn);
    await writeFile(join(folders.public, "recording.mp4"), whole.subarray(0, 1000));
    await writeFile(join(dirname(folders.ledger), `${MEETING}.mp4`), "half a workshop");
    assert.ok(await finish(folders));
    assert.deepEqual(await readFile(join(folders.public, "recording.mp4")), whole);
    await assertFinished(folders);
  }
});

test("a recording that was announced, and whose middle the disk lost, is made again before any segment goes", async (context) => {
  const folders = await almostOver(context);
  const whole = await announced(folders);
  const file = join(folders.public, "recording.mp4");
  // All zeros behind the index: as long as before, and every packet empty.
  for (const from of [0, Math.round(whole.length / 4)]) {
    const lost = Buffer.from(whole).fill(0, from);
    await writeFile(file, lost);
    assert.equal(await recordingThere(folders.public, (await stateOf(folders))?.recording ?? null), false);
  }
  assert.ok(await finish(folders));
  assert.deepEqual(await readFile(file), whole);
  await assertFinished(folders);
});

test("files in memory that are empty or cut off stop nothing: what can be played is released and recorded", async (context) => {
  for (const name of ["2.m4s", "2.json", "order.json"]) {
    const folders = await almostOver(context);
    await writeFile(join(folders.unreleased, name), "");
    if (name === "order.json") {
      const unreleased = await Unreleased.open(folders.unreleased);
      assert.equal(await unreleased.lastOrder(), null);
      await unreleased.keepOrder(slateOrder({ end: true }));
    }
    assert.ok(await finish(folders));
    await assertFinished(folders, name === "order.json" ? SEGMENTS : SEGMENTS - 1);
  }
  const folders = await emptyHouse(context);
  const unreleased = await Unreleased.open(folders.unreleased);
  await unreleased.begin(0, film.init);
  for (const { segment, data } of film.media) await unreleased.add(segment, data);
  await unreleased.keepOrder(slateOrder({ end: true }));
  await writeFile(join(folders.unreleased, "init-0.mp4"), "");
  assert.ok(await finish(folders));
  await assertFinished(folders);
});

test("a line of the ledger that cannot be read costs its segment and no other", async (context) => {
  const folders = await almostOver(context);
  const lines = (await readFile(folders.ledger, "utf8")).split("\n");
  const first = lines.findIndex((line) => line.includes('"segment"'));
  await writeFile(folders.ledger, lines.with(first, "\0".repeat(lines[first]!.length)).join("\n"));
  assert.ok(await finish(folders));
  const state = await stateOf(folders);
  assert.equal(state?.recording?.seconds, 2 * (SEGMENTS - 1));
  assert.ok((await readdir(folders.public)).includes("0.m4s"), "the segment that no line names has gone");
});

test("a released segment whose file is gone is missing from the recording, and only that", async (context) => {
  const folders = await almostOver(context);
  await rm(join(folders.public, "1.m4s"));
  assert.ok(await finish(folders));
  await assertFinished(folders, SEGMENTS - 1);
});

test("a broadcast that is over is never begun again over its recording", async (context) => {
  const folders = await almostOver(context);
  assert.ok(await finish(folders));
  const recording = await readFile(join(folders.public, "recording.mp4"));
  await (await Unreleased.open(folders.unreleased)).keepOrder(slateOrder());
  assert.ok(await finish(folders));
  assert.deepEqual(await readFile(join(folders.public, "recording.mp4")), recording);
  await assertFinished(folders);
});
