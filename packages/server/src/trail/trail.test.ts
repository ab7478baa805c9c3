import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { pino } from "pino";
import { openStore } from "../store/store.ts";
import { emptyDatabase } from "../testing/engines.ts";
import { Trail } from "./trail.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

async function trailFor(t: TestContext) {
  const store = await openStore(await emptyDatabase(t));
  t.after(() => store.close());
  const clock = { now: 1_800_000_000_000 };
  const said: Record<string, unknown>[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => said.push(JSON.parse(line)) });
  const trail = new Trail({ store: store.trail, log, now: () => clock.now });
  const rows = async (failed = false) => {
    await trail.flush();
    return (await store.trail.page({ page: 1, failed })).rows;
  };
  return { store, trail, clock, said, rows };
}

const wrong = { kind: "office.sign-in", result: "office.wrong-credentials" } as const;

test("what fails again from the same network within an hour is one row, with a count and its first and last time", async (t) => {
  const { trail, clock, rows } = await trailFor(t);
  const began = clock.now;
  for (let n = 0; n < 3; n++) {
    trail.note({ ...wrong, network: "203.0.113.9" });
    await trail.flush();
    clock.now += MINUTE;
  }
  trail.note({ ...wrong, network: "198.51.100.7" });
  const seen = (await rows()).map(({ network, count, first, last }) => [network, count, first - began, last - began]);
  assert.deepEqual(seen, [
    ["198.51.100.7", 1, 3 * MINUTE, 3 * MINUTE],
    ["203.0.113.9", 3, 0, 2 * MINUTE],
  ]);
  clock.now = began + HOUR;
  trail.note({ ...wrong, network: "203.0.113.9" });
  assert.equal((await rows()).length, 3);
});

test("attempts at a known account and at none are told apart, and each outcome", async (t) => {
  const { trail, rows } = await trailFor(t);
  const network = "203.0.113.9";
  trail.note({ ...wrong, network });
  trail.note({ ...wrong, network, clerk: "kim" });
  trail.note({ kind: "office.sign-in", result: "request.too-many", network, clerk: "kim" });
  trail.note({ kind: "office.sign-in", result: "done", network, clerk: "kim" });
  assert.equal((await rows()).length, 4);
  assert.equal((await rows(true)).length, 3);
});

test("a stranger of many networks makes a bounded number of rows, and pushes out nobody who came in", async (t) => {
  const { store, trail, clock, rows } = await trailFor(t);
  trail.note({ kind: "office.sign-in", result: "done", network: "192.0.2.1", clerk: "kim" });
  const hours = 40;
  for (let hour = 0; hour < hours; hour++) {
    for (let n = 0; n < 2_000; n++) trail.note({ ...wrong, network: `2001:db8:${hour}:${n}` });
    await trail.flush();
    clock.now += HOUR;
  }
  const { failed, more } = await store.trail.failures(0);
  assert.deepEqual([failed, more], [hours * 2_000, true], "each is counted");
  await trail.keepHouse();
  const { pages } = await store.trail.page({ page: 1, failed: true });
  assert.ok(pages > 90 && pages <= 100, `${pages} pages`);
  const all = (await store.trail.page({ page: 1, failed: false })).pages;
  const last = (await store.trail.page({ page: all, failed: false })).rows.at(-1);
  assert.deepEqual([last?.result, last?.network], ["done", "192.0.2.1"]);
  assert.ok((await rows()).length > 0);
});

test("what is older than 90 days is erased", async (t) => {
  const { trail, clock, rows } = await trailFor(t);
  trail.note({ kind: "office.sign-out", result: "done", network: "192.0.2.1", clerk: "kim" });
  await trail.flush();
  clock.now += 89 * DAY;
  await trail.keepHouse();
  assert.equal((await rows()).length, 1);
  clock.now += DAY;
  await trail.keepHouse();
  assert.equal((await rows()).length, 0);
});

test("noting does not wait for the store, and what it could not take is written later", async (t) => {
  const { store, clock } = await trailFor(t);
  let broken = true;
  const log = pino({ level: "silent" });
  const write: typeof store.trail.write = (rows) =>
    broken ? Promise.reject(new Error("the disk is full")) : store.trail.write(rows);
  const trail = new Trail({ store: { ...store.trail, write }, log, now: () => clock.now });
  trail.note({ ...wrong, network: "203.0.113.9" });
  await assert.rejects(trail.flush(), /disk is full/);
  broken = false;
  trail.note({ ...wrong, network: "203.0.113.9" });
  await trail.flush();
  assert.equal((await store.trail.page({ page: 1, failed: true })).rows[0]?.count, 2);
});

test("a store that takes nothing for a day does not fill the memory", async (t) => {
  const { store, clock } = await trailFor(t);
  let broken = true;
  let rows = 0;
  const write: typeof store.trail.write = async (batch) => {
    if (broken) throw new Error("the disk is full");
    rows += batch.length;
  };
  const trail = new Trail({ store: { ...store.trail, write }, log: pino({ level: "silent" }), now: () => clock.now });
  for (let hour = 0; hour < 24; hour++, clock.now += HOUR)
    for (let n = 0; n < 2_500; n++) trail.note({ kind: "seat.redeem", result: "done", network: `${hour}.${n}` });
  await assert.rejects(trail.flush());
  broken = false;
  await trail.flush();
  assert.ok(rows > 9_000 && rows <= 10_000, `${rows} rows`);
});

test("what is noted once it is closed is in the log, and no store is asked that may be closed by then", async (t) => {
  const { store, trail, said } = await trailFor(t);
  trail.note({ ...wrong, network: "203.0.113.9" });
  await trail.close();
  trail.note({ ...wrong, network: "203.0.113.9" });
  await trail.flush();
  assert.equal((await store.trail.page({ page: 1, failed: true })).rows[0]?.count, 1);
  assert.equal(said.length, 2);
});

test("once a clerk has looked, only what fails afterwards is news", async (t) => {
  const { store, trail, clock } = await trailFor(t);
  const news = async () => {
    await trail.flush();
    return store.trail.failures((await store.trail.seen("kim")) ?? 0);
  };
  for (const network of ["203.0.113.9", "203.0.113.9", "198.51.100.7"]) trail.note({ ...wrong, network });
  assert.deepEqual(await news(), { failed: 3, networks: 2, more: false, since: clock.now });
  clock.now += MINUTE;
  await trail.look("kim");
  assert.deepEqual(await news(), { failed: 0, networks: 0, more: false, since: null });
  clock.now += MINUTE;
  trail.note({ ...wrong, network: "203.0.113.9" });
  assert.deepEqual(await news(), { failed: 1, networks: 1, more: false, since: clock.now });
});

test("what fails while a clerk looks is kept, and is news", async (t) => {
  const { store, clock } = await trailFor(t);
  const disk = Promise.withResolvers<void>();
  const write: typeof store.trail.write = (rows) => disk.promise.then(() => store.trail.write(rows));
  const trail = new Trail({ store: { ...store.trail, write }, log: pino({ level: "silent" }), now: () => clock.now });
  trail.note({ ...wrong, network: "203.0.113.9" });
  const looking = trail.look("kim");
  await new Promise(setImmediate);
  clock.now += 1;
  for (const network of ["203.0.113.9", "198.51.100.7"]) trail.note({ ...wrong, network });
  disk.resolve();
  await looking;
  await trail.flush();
  assert.equal((await store.trail.failures(0)).failed, 3);
  assert.equal((await store.trail.failures((await store.trail.seen("kim")) ?? 0)).failed, 2);
});

test("each is a line in the log, failures as warnings; a flood is a line a second, with what was left out", async (t) => {
  const { trail, clock, said } = await trailFor(t);
  trail.note({ kind: "office.sign-in", result: "done", network: "192.0.2.1", clerk: "kim" });
  for (let n = 0; n < 1_000; n++) trail.note({ ...wrong, network: "203.0.113.9" });
  clock.now += 1_000;
  trail.note({ ...wrong, network: "203.0.113.9" });
  const [info, warn] = [pino.levels.values.info, pino.levels.values.warn];
  assert.deepEqual([said[0]?.level, said[0]?.access, said[0]?.clerk], [info, "office.sign-in", "kim"]);
  assert.deepEqual([said[1]?.level, said[1]?.result, said[1]?.network], [warn, wrong.result, "203.0.113.9"]);
  assert.equal(said.length, 102);
  assert.equal(said.at(-1)?.unsaid, 900);
});

test("whoever brought the right thing and was refused all the same has not guessed; it is in the trail", async (t) => {
  const { store, trail, rows } = await trailFor(t);
  const network = "203.0.113.9";
  trail.note({ kind: "house.set-up", result: "password.common", network });
  trail.note({ kind: "seat.redeem", result: "meeting.ended", network, seat: "seat" });
  trail.note({ kind: "office.sign-in", result: "house.disk-full", network });
  assert.equal((await rows(true)).length, 3);
  assert.deepEqual(await store.trail.failures(0), { failed: 0, networks: 0, more: false, since: null });
  trail.note({ ...wrong, network });
  await trail.flush();
  assert.equal((await store.trail.failures(0)).failed, 1);
});
