import assert from "node:assert/strict";
import { mkdir, rm } from "node:fs/promises";
import { type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { pino } from "pino";
import { Ledger } from "./ledger.ts";
import { SEGMENT_MS } from "./picture.ts";
import { Programme } from "./programme.ts";
import { endOf } from "./segment.ts";
import { emptyHouse, slateOrder } from "./testing/house.ts";
import { Unreleased } from "./unreleased.ts";

const ENDING_MS = 6000;

/** A slate that is being made, on a clock that can be put forward. */
async function making(context: TestContext) {
  const folders = await emptyHouse(context);
  const unreleased = await Unreleased.open(folders.unreleased);
  const ledger = await Ledger.open(folders.ledger);
  let ahead = 0;
  const clock = (): number => Date.now() + ahead;
  let interruptions = 0;
  const log = pino({}, { write: (line) => (interruptions += Number(line.includes("nothing can be made at present"))) });
  const programme = new Programme({ url: "ws://127.0.0.1", clock, log, unreleased, ledger });
  programme.take(slateOrder());
  const ran = programme.run();
  // Looked at when it is awaited.
  ran.catch(() => undefined);
  const until = async (satisfied: () => boolean): Promise<void> => {
    while (!satisfied()) await Promise.race([wait(20), ran]);
  };
  return {
    programme,
    unreleased,
    ran,
    until,
    clock,
    skip: (ms: number) => {
      ahead += ms;
    },
    /** Nothing can be kept until `mend`. */
    break: () => rm(folders.unreleased, { recursive: true }),
    interrupted: () => until(() => interruptions > 0),
    mend: () => mkdir(folders.unreleased),
  };
}

test("what cannot be kept where time is left out ends nothing: it goes on when there is room", async (context) => {
  const made = await making(context);
  await made.until(() => made.programme.framesPerSecond > 5);
  await made.break();
  made.skip(60_000);
  await made.interrupted();
  await made.mend();
  await made.until(() => made.unreleased.segments.length > 0);
  await made.programme.stop();
  assert.equal(await made.ran, false);
});

test("an ending that cannot be kept is made once more", async (context) => {
  const made = await making(context);
  await made.until(() => made.unreleased.segments.length > 0);
  const at = made.clock();
  made.programme.take(slateOrder({ version: 2, at, end: true }));
  // The last segment of the ending is not whole: it is kept when all is over.
  await made.until(() => made.unreleased.segments.some((segment) => endOf(segment) > at + ENDING_MS - SEGMENT_MS));
  await made.break();
  const kept = made.unreleased.segments.length;
  await made.interrupted();
  await made.mend();
  assert.equal(await made.ran, true);
  assert.ok(made.unreleased.segments.length > kept);
});

test("while nothing can be kept it can be stopped all the same", async (context) => {
  const made = await making(context);
  await made.until(() => made.programme.framesPerSecond > 5);
  await made.break();
  await made.programme.stop();
  assert.equal(await made.ran, false);
});
