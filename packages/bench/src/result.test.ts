import assert from "node:assert/strict";
import { test } from "node:test";
import { percentile, rowOf } from "./result.ts";

test("p95 of twenty samples is the nineteenth, p50 the tenth", () => {
  const samples = Array.from({ length: 20 }, (_, index) => 20 - index);
  assert.equal(percentile(samples, 0.95), 19);
  assert.equal(percentile(samples, 0.5), 10);
  assert.ok(Number.isNaN(percentile([], 0.5)));
});

test("a row keeps its samples in the order of measuring", () => {
  const row = rowOf({ subject: "raadhuis", case: "loopback", metric: "join_ms", unit: "ms" }, [30, 10.004, 20]);
  assert.deepEqual([row.n, row.min, row.median, row.max, row.samples], [3, 10, 20, 30, [30, 10, 20]]);
});
