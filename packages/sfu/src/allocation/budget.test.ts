import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { allocate, type Wanted } from "./allocate.ts";
import { Budget } from "./budget.ts";

/** A camera in three qualities, kbit/s. */
const camera: readonly number[] = [150, 500, 1500];

/**
 * A subscriber of cameras behind a path that carries `capacity` kbit/s, as the engine would see it: what is sent beyond
 * that fills a queue, and the estimate falls to 0.85 of the path; otherwise it is at most half above what is sent,
 * padding included. Steps of 250 ms.
 */
class Path {
  readonly budget = new Budget();
  capacity: number;
  now = 0;
  sent = 0;
  probedMs = 0;
  #estimate: number;
  #wanted: Wanted[];

  constructor(capacity: number, cameras: readonly (readonly number[])[] = [camera]) {
    this.capacity = capacity;
    this.#estimate = 300;
    this.#wanted = cameras.map((bitrates) => ({ rank: 0, bitrates, now: -1 }));
  }

  get levels(): number[] {
    return this.#wanted.map(({ now }) => now);
  }

  run(ms: number): number[][] {
    const seen: number[][] = [];
    for (const end = this.now + ms; this.now < end; this.now += 250) {
      const { levels, spent, next, full } = allocate(this.#wanted, this.budget.room(this.now));
      this.#wanted = this.#wanted.map((track, index) => ({ ...track, now: levels[index] ?? -1 }));
      const paused = levels.filter((level) => level === -1).length;
      this.budget.used({ spent, next, full, paused }, this.now);
      const probe = this.budget.probe(this.now) ?? 0;
      if (probe > 0) this.probedMs += 250;
      this.sent = Math.max(spent, Math.min(probe, this.#estimate));
      const arrived = Math.min(this.sent, this.capacity);
      if (this.sent > this.capacity) this.#estimate = 0.85 * arrived;
      else this.#estimate = Math.max(arrived, Math.min(this.#estimate * (probe > 0 ? 1.2 : 1.02), 1.5 * arrived + 10));
      this.budget.estimated(this.#estimate, this.now);
      seen.push(levels);
    }
    return seen;
  }
}

describe("a subscriber's budget", () => {
  it("sends the best from the start and never probes a path that carries it", () => {
    const path = new Path(5000);
    assert.ok(path.run(60_000).every((levels) => levels[0] === 2));
    assert.equal(path.probedMs, 0);
  });

  it("does not probe an idle path", () => {
    const path = new Path(100, []);
    path.run(60_000);
    assert.equal(path.probedMs, 0);
  });

  it("follows a narrow path down within two seconds and stays there", () => {
    const path = new Path(300);
    path.run(2000);
    assert.ok(path.run(120_000).every((levels) => levels[0] === 0));
  });

  it("probes what it cannot have ever more seldom", () => {
    const path = new Path(300);
    path.run(300_000);
    const before = path.probedMs;
    path.run(300_000);
    assert.ok(before > 0);
    assert.ok(path.probedMs - before <= 0.06 * 300_000, `${path.probedMs - before} ms of 300 s`);
  });

  it("finds the room again when the path widens, and stops probing then", () => {
    const path = new Path(300);
    path.run(10_000);
    path.capacity = 5000;
    path.run(90_000);
    assert.deepEqual(path.levels, [2]);
    assert.equal(path.budget.isLimited, false);
    const probed = path.probedMs;
    path.run(60_000);
    assert.equal(path.probedMs, probed);
  });

  it("tries a path that may be another at once, whatever it learned of the one before", () => {
    const seconds = (moves: boolean) => {
      const path = new Path(300);
      path.run(300_000);
      path.capacity = 5000;
      if (moves) path.budget.moved(path.now);
      return path.run(90_000).findIndex(([level]) => level === 2) / 4;
    };
    assert.ok(seconds(true) < 8, `${seconds(true)} s`);
    assert.ok(seconds(false) > 20, `${seconds(false)} s`);
  });

  it("probes no more for a client that moves again and again", () => {
    const path = new Path(300);
    path.run(10_000);
    const { probedMs } = path;
    for (let index = 0; index < 600; index++) {
      path.budget.moved(path.now);
      path.run(500);
    }
    assert.ok(path.probedMs - probedMs <= 0.55 * 300_000, `${path.probedMs - probedMs} ms of 300 s`);
  });

  it("takes a picture away only when the lowest qualities have not fitted for seconds, and gives it back", () => {
    const path = new Path(200, [camera, camera]);
    assert.ok(path.run(4000).every((levels) => !levels.includes(-1)));
    path.run(10_000);
    assert.deepEqual(path.levels, [0, -1]);
    path.capacity = 2000;
    path.run(90_000);
    assert.ok(!path.levels.includes(-1));
  });

  it("does not flap on a path between two qualities", () => {
    const path = new Path(510);
    path.run(10_000);
    const changes = path
      .run(600_000)
      .map((levels) => levels[0])
      .filter((level, index, all) => level !== all[index - 1]).length;
    assert.ok(changes <= 2 * 12, `${changes} changes in ten minutes`);
  });

  it("shrugs at an estimate that falls for a moment", () => {
    const budget = new Budget();
    budget.used({ spent: 1000, next: 1000, full: 1000, paused: 0 }, 0);
    for (const [now, estimate] of [
      [0, 600],
      [400, 600],
      [700, 950],
      [1000, 850],
      [3000, 850],
      [3900, 950],
    ] as const) {
      budget.estimated(estimate, now);
      assert.equal(budget.room(now).raise, Number.POSITIVE_INFINITY);
    }
    budget.estimated(400, 4000);
    assert.equal(budget.room(4000).raise, 0);
  });
});
