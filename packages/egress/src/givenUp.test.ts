import assert from "node:assert/strict";
import { cp, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { before, type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { AV_LOG_FATAL } from "node-av/constants";
import { Log } from "node-av/lib";
import { pino } from "pino";
import { Broadcast } from "./broadcast.ts";
import type { Folders } from "./folders.ts";
import { Ledger } from "./ledger.ts";
import { Release } from "./release.ts";
import { dyingAt } from "./testing/crash.ts";
import { emptyHouse, encoded, foldersIn, MEETING, slateOrder } from "./testing/house.ts";
import { filesIn } from "./testing/released.ts";
import { Unreleased } from "./unreleased.ts";

const SEGMENTS = 3;
Log.setLevel(AV_LOG_FATAL);
const log = pino({ level: "silent" });
const givenUp = slateOrder({ givenUp: true });
let film: Awaited<ReturnType<typeof encoded>>;
before(async () => {
  film = await encoded(SEGMENTS);
});

/** Two segments are released, the last is not; whoever made them is gone. */
async function begun(context: TestContext, live: boolean): Promise<Folders> {
  const folders = await emptyHouse(context);
  const unreleased = await Unreleased.open(folders.unreleased);
  const ledger = await Ledger.open(folders.ledger);
  const release = new Release(MEETING, folders, unreleased, ledger);
  await unreleased.begin(0, film.init);
  for (const { segment, data } of film.media) await unreleased.add({ ...segment, live, record: live }, data);
  for (let released = 1; released < SEGMENTS; released++) await release.advance(1e9, 0, Number.POSITIVE_INFINITY);
  await unreleased.keepOrder(slateOrder());
  // It died in the middle of a file.
  await writeFile(join(folders.public, "state.json.part"), "{");
  return folders;
}

const open = (folders: Folders): Promise<Broadcast> =>
  Broadcast.open({ meeting: MEETING, folders, url: "ws://unused", log, lingerMs: 0 });

/** As the server does: it says so until the egress has ended. */
async function giveUp(folders: Folders): Promise<boolean> {
  const broadcast = await open(folders);
  assert.equal(broadcast.take(givenUp).state, "givenUp");
  return broadcast.run();
}

async function assertTakenBack(folders: Folders): Promise<void> {
  assert.deepEqual(await readdir(folders.public), []);
  assert.deepEqual(await readdir(folders.unreleased), []);
}

test("a broadcast that is given up takes its slates back, whichever deed on its files an egress dies at", async (context) => {
  const start = await begun(context, false);
  let steps = 0;
  for (let died = true; died; steps++) {
    const root = `${dirname(start.public)}-${steps}`;
    context.after(() => rm(root, { recursive: true }));
    await cp(dirname(start.public), root, { recursive: true });
    const folders = foldersIn(root);
    ({ died } = await dyingAt(steps + 1, () => giveUp(folders)));
    const told = (await readdir(folders.public)).includes("state.json");
    if (died) assert.ok(told || (await filesIn(folders.public)).length === 0, `step ${steps + 1}: nobody would know`);
    if (died) assert.ok(await giveUp(folders));
    await assertTakenBack(folders);
  }
  assert.ok(steps > 5, `only ${steps} steps were tried`);
});

test("given up while it makes the slate it ends, and the next one goes on with the numbers", async (context) => {
  const folders = await begun(context, false);
  const first = await open(folders);
  const ended = first.run();
  while (first.status().framesPerSecond === 0) await wait(5);
  first.take(givenUp);
  assert.equal(await ended, true);
  await assertTakenBack(folders);
  const second = await open(folders);
  second.take(slateOrder({ at: Date.now() }));
  const stopped = second.run();
  while (!(await readdir(folders.public)).includes("live.m3u8")) await wait(20);
  await second.stop();
  assert.equal(await stopped, false);
  const numbers = (await readdir(folders.public))
    .filter((name) => name.endsWith(".m4s"))
    .map((name) => basename(name, ".m4s"));
  assert.ok(numbers.length > 0 && numbers.every((number) => Number(number) >= SEGMENTS - 1), String(numbers));
});

test("what was live is never taken back, whatever is asked", async (context) => {
  const folders = await begun(context, true);
  const known = await readdir(folders.public);
  const broadcast = await open(folders);
  assert.equal(broadcast.take(givenUp).state, "slate");
  const ended = broadcast.run();
  await broadcast.stop();
  assert.equal(await ended, false);
  assert.deepEqual(await readdir(folders.public), known);
});
