import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, it } from "node:test";
import { Collection, trimMemory } from "./collection.ts";

// The engine, once loaded, keeps its process alive.
after(() => createRequire(import.meta.url)("medooze-media-server").terminate());

it("collects once for all that ended within five seconds, then gives memory back, and again for those after", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const done: string[] = [];
  const collection = new Collection({ collect: () => done.push("collected"), trim: () => done.push("trimmed") });
  for (let ended = 0; ended < 100; ended++) collection.due();
  context.mock.timers.tick(5000);
  assert.deepEqual(done, ["collected"]);
  context.mock.timers.tick(60_000);
  assert.deepEqual(done, ["collected", "trimmed"]);
  collection.due();
  context.mock.timers.tick(5000);
  context.mock.timers.tick(1000);
  assert.deepEqual(done, ["collected", "trimmed", "collected", "trimmed"]);
});

it("frees what nobody refers to", async () => {
  const gone = new WeakRef({ transport: true });
  new Collection({ patience: 1, trim: () => {} }).due();
  while (gone.deref()) await new Promise((resolve) => setTimeout(resolve, 5));
});

it("gives back what was freed between what is still in use", async () => {
  // Below malloc's threshold for mappings of their own.
  const all = Array.from({ length: 4000 }, () => Buffer.alloc(64_000, 1));
  const kept = all.filter((_, index) => index % 20 === 0);
  all.length = 0;
  const trim = new Promise<void>((resolve) => new Collection({ patience: 1, trim: resolve }).due());
  const awake = setInterval(() => {}, 1000);
  await trim;
  clearInterval(awake);
  const before = process.memoryUsage.rss();
  await trimMemory();
  assert.ok(before - process.memoryUsage.rss() > 50e6, `${before} -> ${process.memoryUsage.rss()}`);
  assert.equal(kept.length, 200);
});
