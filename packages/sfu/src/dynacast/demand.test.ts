import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { VideoQuality } from "@livekit/protocol";
import { Demand } from "./demand.ts";

const { LOW, MEDIUM, HIGH, OFF } = VideoQuality;
const vp8 = (quality: VideoQuality) => new Map([["vp8", quality]]);

describe("what a publisher is told of its subscribers' wishes", () => {
  it("is the first wish at once", () => {
    assert.deepEqual(new Demand(0).look(10, vp8(LOW)), vp8(LOW));
  });

  it("is that nobody wants it only when nobody came for a while", () => {
    const demand = new Demand(0);
    assert.equal(demand.look(10, vp8(OFF)), null);
    assert.equal(demand.lookAt, 10_000);
    assert.deepEqual(demand.look(10_000, vp8(OFF)), vp8(OFF));
    assert.equal(demand.lookAt, null);
  });

  it("is more at once, and less when it stays less", () => {
    const demand = new Demand(0);
    demand.look(0, vp8(HIGH));
    assert.equal(demand.look(1000, vp8(LOW)), null);
    assert.equal(demand.look(4000, vp8(OFF)), null);
    assert.equal(demand.lookAt, 6000);
    assert.deepEqual(demand.look(6000, vp8(OFF)), vp8(OFF));
    assert.deepEqual(demand.look(6001, vp8(MEDIUM)), vp8(MEDIUM));
  });

  it("is nothing when less was wanted for a moment", () => {
    const demand = new Demand(0);
    demand.look(0, vp8(HIGH));
    demand.look(1000, vp8(LOW));
    assert.equal(demand.look(2000, vp8(HIGH)), null);
    assert.equal(demand.lookAt, null);
    demand.look(5500, vp8(LOW));
    assert.equal(demand.look(7000, vp8(LOW)), null);
  });

  it("is that another codec is wanted too, at once", () => {
    const demand = new Demand(0);
    demand.look(0, new Map([["av1", HIGH]]));
    const both = new Map([
      ["av1", HIGH],
      ["vp8", LOW],
    ]);
    assert.deepEqual(demand.look(1, both), both);
    assert.equal(demand.look(2, both), null);
  });

  it("is everything anew after it was forgotten", () => {
    const demand = new Demand(0);
    demand.look(0, vp8(HIGH));
    demand.forget();
    assert.deepEqual(demand.look(1, vp8(HIGH)), vp8(HIGH));
  });
});
