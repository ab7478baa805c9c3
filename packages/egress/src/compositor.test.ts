import assert from "node:assert/strict";
import { test } from "node:test";
import { Compositor } from "./compositor.ts";
import { slateOrder } from "./testing/house.ts";

test("a slate that stands still is drawn once and handed on as the same picture; another one is another picture", async () => {
  const compositor = new Compositor();
  const order = slateOrder({ at: 0, delayMs: 0 });
  const [first, again] = [
    await compositor.slate(order, "suspended", "Een"),
    await compositor.slate(order, "suspended", "Een"),
  ];
  assert.equal(again.picture, first.picture);
  const before = Buffer.from(first.picture);
  const other = await compositor.slate(order, "suspended", "Twee");
  assert.notEqual(other.picture, first.picture);
  assert.ok(!other.picture.equals(before));
  const back = await compositor.slate(order, "suspended", "Een");
  assert.notEqual(back.picture, other.picture);
  assert.ok(back.picture.equals(before));
});
