import assert from "node:assert/strict";
import { it } from "node:test";
import { Collection } from "./collection.ts";

it("collects once for all that ended within five seconds, and again for those after", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let collected = 0;
  const collection = new Collection(() => collected++);
  for (let ended = 0; ended < 100; ended++) collection.due();
  context.mock.timers.tick(5000);
  assert.equal(collected, 1);
  context.mock.timers.tick(60_000);
  assert.equal(collected, 1);
  collection.due();
  context.mock.timers.tick(5000);
  assert.equal(collected, 2);
});

it("frees what nobody refers to", async () => {
  const gone = new WeakRef({ transport: true });
  new Collection(undefined, 1).due();
  while (gone.deref()) await new Promise((resolve) => setTimeout(resolve, 5));
});
