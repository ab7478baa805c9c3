import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { slateOrder } from "./testing/house.ts";
import { segment, segments } from "./testing/segments.ts";
import { Unreleased } from "./unreleased.ts";

async function folder(context: TestContext): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "raadhuis-egress-"));
  context.after(() => rm(root, { recursive: true }));
  return join(root, "meeting1");
}

test("what one egress left, the next one finds, in order; half-written things it removes", async (context) => {
  const path = await folder(context);
  const one = await Unreleased.open(path);
  for (const number of [10, 9, 11]) await one.add(segment(number), Buffer.from("abc"));
  await writeFile(join(path, "12.m4s"), "its description was never written");
  await writeFile(join(path, "13.m4s.part"), "cut off");
  const two = await Unreleased.open(path);
  assert.deepEqual(
    two.segments.map(({ number }) => number),
    [9, 10, 11],
  );
  assert.ok(!(await readdir(path)).some((name) => name.startsWith("12") || name.startsWith("13")));
});

test("empty and torn files stop nothing: their segments are not taken over, and counted", async (context) => {
  const path = await folder(context);
  const one = await Unreleased.open(path);
  await one.begin(0, Buffer.from("init"));
  for (const each of segments(4)) await one.add(each, Buffer.from("abc"));
  await writeFile(join(path, "1.m4s"), "");
  await writeFile(join(path, "2.json"), '{"number":2,"ru');
  await writeFile(join(path, "order.json"), "");
  const two = await Unreleased.open(path);
  assert.deepEqual(
    two.segments.map(({ number }) => number),
    [0, 3],
  );
  assert.equal(two.damaged, 2);
  assert.equal(await two.lastOrder(), null);
  assert.deepEqual((await readdir(path)).sort(), ["0.json", "0.m4s", "3.json", "3.m4s", "init-0.mp4", "order.json"]);
});

test("nobody else on the machine can read it", async (context) => {
  const path = await folder(context);
  const store = await Unreleased.open(path);
  await store.begin(0, Buffer.from("init"));
  await store.add(segment(0), Buffer.from("abc"));
  assert.equal((await stat(path)).mode & 0o777, 0o700);
  for (const name of await readdir(path)) assert.equal((await stat(join(path, name))).mode & 0o077, 0, name);
});

test("destroying takes every segment with a frame at or after the instant, whole, and its files", async (context) => {
  const path = await folder(context);
  const store = await Unreleased.open(path);
  for (const each of segments(5)) await store.add(each, Buffer.from("abc"));
  assert.equal(await store.destroyFrom(4500), 4000);
  assert.deepEqual(
    store.segments.map(({ number }) => number),
    [0, 1],
  );
  assert.deepEqual((await readdir(path)).sort(), ["0.json", "0.m4s", "1.json", "1.m4s"]);
  assert.equal(await store.destroyFrom(4000), null);
});

test("of orders that come at the same moment the newest is kept, and none fails", async (context) => {
  const path = await folder(context);
  const one = await Unreleased.open(path);
  const orders = [1, 2, 3, 4, 5].map((delayMs) => slateOrder({ delayMs }));
  await Promise.all(orders.map((order) => one.keepOrder(order)));
  assert.deepEqual((await one.lastOrder())?.delayMs, 5);
});
