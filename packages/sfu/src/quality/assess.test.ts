import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ConnectionQuality } from "@livekit/protocol";
import { assess, type Observed, wordsOf } from "./assess.ts";

const fine: Observed = {
  lossUp: 0,
  lossDown: 0,
  roundTrip: 30,
  spent: 1_500_000,
  full: 1_500_000,
  paused: 0,
  isLimited: false,
  isAway: false,
};
const words = (seen: Partial<Observed>): string | null => {
  const { reason } = assess({ ...fine, ...seen }, null);
  return reason && wordsOf(reason);
};

describe("how good a connection is", () => {
  it("is excellent without a reason when all arrives in time, and when nothing is sent", () => {
    const { quality, score, reason } = assess(fine, null);
    assert.deepEqual([quality, reason], [ConnectionQuality.EXCELLENT, null]);
    assert.ok(score > 4.3);
    const silent = assess({ ...fine, lossUp: null, lossDown: null, roundTrip: null, spent: 0, full: 0 }, null);
    assert.equal(silent.quality, ConnectionQuality.EXCELLENT);
  });

  it("is good at 5 % of loss, poor at 15 %, and says which way", () => {
    assert.equal(assess({ ...fine, lossDown: 0.05 }, null).quality, ConnectionQuality.GOOD);
    assert.equal(assess({ ...fine, lossUp: 0.15 }, null).quality, ConnectionQuality.POOR);
    assert.equal(words({ lossDown: 0.12 }), "loses 12 % of what it receives");
    assert.equal(words({ lossUp: 0.12, lossDown: 0.02 }), "loses 12 % of what it sends");
  });

  it("is poor when pictures are left out, good when they are smaller", () => {
    assert.equal(assess({ ...fine, paused: 1, isLimited: true }, null).quality, ConnectionQuality.POOR);
    assert.equal(words({ paused: 2, isLimited: true }), "has no room for 2 pictures");
    const smaller = { spent: 150_000, isLimited: true };
    assert.equal(assess({ ...fine, ...smaller }, null).quality, ConnectionQuality.GOOD);
    assert.equal(words(smaller), "has room for 10 % of what it would receive");
  });

  it("tells of a long way", () => {
    assert.equal(words({ roundTrip: 700 }), "takes 700 ms there and back");
  });

  it("is lost without a socket", () => {
    const { quality, score } = assess({ ...fine, isAway: true }, null);
    assert.deepEqual([quality, score], [ConnectionQuality.LOST, 0]);
    assert.equal(words({ isAway: true }), "is not there");
  });

  it("falls at once and climbs by and by", () => {
    const bad = assess({ ...fine, lossDown: 0.2 }, 100);
    assert.equal(bad.quality, ConnectionQuality.POOR);
    let { points } = bad;
    const climbing: ConnectionQuality[] = [];
    for (let look = 0; look < 4; look++) {
      const verdict = assess(fine, points);
      points = verdict.points;
      climbing.push(verdict.quality);
    }
    assert.equal(climbing[0], ConnectionQuality.GOOD);
    assert.equal(climbing.at(-1), ConnectionQuality.EXCELLENT);
  });
});
