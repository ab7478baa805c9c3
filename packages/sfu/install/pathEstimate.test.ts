import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

interface Path {
  /** kbit/s that the path carries, and that are sent. */
  capacity: number;
  sent: number;
  /** ms */
  jitter?: number;
  loss?: number;
  /** The sender keeps to the estimate. */
  adapts?: boolean;
  /** Padding is sent up to the estimate. */
  probes?: boolean;
}

describe("the estimate of what a path carries", { timeout: 60_000 }, () => {
  let folder = "";
  let program = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "raadhuis-estimate-"));
    program = join(folder, "estimate");
    const source = join(import.meta.dirname, "pathEstimate.cc");
    execFileSync("g++", ["-O1", "-std=c++20", "-Wall", "-Werror", "-o", program, source], { stdio: "inherit" });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** From the fifth second on: medians of target and of what arrived, kbit/s, and of the queue, ms. */
  function run({ capacity, sent, jitter = 0, loss = 0, adapts = false, probes = false }: Path) {
    const args = [capacity, jitter, loss, sent, adapts ? 1 : 0, probes ? 1 : 0].map(String);
    const lines = execFileSync(program, args, { encoding: "utf8" }).trim().split("\n");
    const late = lines.slice(10).map((line) => line.split(" ").map(Number));
    const median = (column: number) => late.map((row) => row[column] ?? 0).sort((a, b) => a - b)[late.length >> 1] ?? 0;
    return { target: median(0), arrived: median(1), queue: median(2), lowest: Math.min(...late.map(([t = 0]) => t)) };
  }
  const within = (value: number, low: number, high: number) =>
    assert.ok(value >= low && value <= high, `${value} is not within ${low} and ${high}`);

  it("is a little below a narrow path, whose queue it keeps short", () => {
    const { target, queue } = run({ capacity: 300, sent: 800, adapts: true });
    within(target, 220, 320);
    within(queue, 0, 250);
  });

  it("stays below a path whose queue is full for good", () => {
    within(run({ capacity: 300, sent: 330 }).target, 200, 290);
  });

  it("is at least what is sent where that arrives in time", () => {
    assert.ok(run({ capacity: 5000, sent: 800 }).lowest >= 750);
  });

  it("takes no jitter for a full path", () => {
    within(run({ capacity: 5000, sent: 800, jitter: 30 }).target, 780, 1400);
    within(run({ capacity: 5000, sent: 800, jitter: 200 }).target, 600, 1400);
  });

  it("takes no loss of a tenth for a full path", () => {
    within(run({ capacity: 5000, sent: 800, loss: 0.1 }).target, 700, 1400);
  });

  it("claims no more than half above what was tried, and finds more by padding", () => {
    within(run({ capacity: 5000, sent: 150 }).target, 150, 300);
    within(run({ capacity: 5000, sent: 150, probes: true }).target, 2000, 6500);
    within(run({ capacity: 300, sent: 150, probes: true }).target, 200, 340);
  });
});
