import assert from "node:assert/strict";
import { test } from "node:test";
import { Pauses } from "./pauses.ts";

test("the first death costs no time, the next ones more and more, up to half a minute", () => {
  const pauses = new Pauses();
  const waits = Array.from({ length: 8 }, () => pauses.next(100));
  assert.equal(waits[0], 0);
  assert.deepEqual(
    waits,
    waits.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(waits).size, 6);
  assert.equal(waits.at(-1), 30_000);
});

test("who ran well begins anew", () => {
  const pauses = new Pauses();
  for (let death = 0; death < 5; death++) pauses.next(100);
  assert.equal(pauses.next(10_000), 0);
  assert.ok(pauses.next(100) > 0);
});
