import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Conditions, Link, seeded } from "./link.ts";

/** Arrivals of packets of 1,000 bytes, one each 10 ms. */
function run(conditions: Conditions, count = 10_000, seed = 1): (number | null)[] {
  const link = new Link(seeded(seed));
  link.set(conditions);
  return Array.from({ length: count }, (_, index) => link.arrival(1000, index * 10));
}
const delays = (arrivals: readonly (number | null)[]): number[] =>
  arrivals.flatMap((at, index) => (at === null ? [] : [at - index * 10]));
const lost = (arrivals: readonly (number | null)[]): number =>
  arrivals.filter((at) => at === null).length / arrivals.length;

describe("a path that misbehaves", () => {
  it("lets everything through at once by default", () => {
    assert.deepEqual(new Set(delays(run({}))), new Set([0]));
  });

  it("does the same for the same seed, and something else for another", () => {
    const conditions = { loss: 0.1, jitter: 50 };
    assert.deepEqual(run(conditions), run(conditions));
    assert.notDeepEqual(run(conditions), run(conditions, 10_000, 2));
  });

  it("loses the share that is asked for", () => {
    assert.ok(Math.abs(lost(run({ loss: 0.05 })) - 0.05) < 0.01);
    assert.equal(lost(run({ down: true })), 1);
  });

  it("loses in bursts", () => {
    const arrivals = run({ burst: { begin: 0.01, end: 0.2 } });
    const bursts = arrivals.filter((at, index) => at === null && arrivals[index - 1] !== null).length;
    assert.ok(Math.abs(lost(arrivals) - 0.01 / 0.21) < 0.015);
    assert.ok(Math.abs((lost(arrivals) * arrivals.length) / bursts - 5) < 1);
  });

  it("wavers within its jitter and keeps the order", () => {
    const arrivals = run({ delay: 20, jitter: 200 });
    const seen = delays(arrivals);
    assert.ok(Math.min(...seen) >= 20 && Math.max(...seen) <= 220);
    assert.ok(Math.max(...seen) - Math.min(...seen) > 150);
    assert.ok(arrivals.every((at, index) => (at ?? 0) >= (arrivals[index - 1] ?? 0)));
  });

  it("lets some be overtaken", () => {
    const seen = delays(run({ reorder: { share: 0.1, by: 45 } }));
    assert.deepEqual(new Set(seen), new Set([0, 45]));
    assert.ok(Math.abs(seen.filter((delay) => delay === 45).length / seen.length - 0.1) < 0.02);
  });

  it("carries no more than its rate, behind a queue that has an end", () => {
    const arrivals = run({ rate: { bits: 400_000, queue: 200 } });
    assert.ok(Math.abs(lost(arrivals) - 0.5) < 0.01);
    assert.ok(Math.max(...delays(arrivals)) <= 220);
  });
});
