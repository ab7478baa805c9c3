import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RetransmissionTime } from "./retransmissionTime.ts";

describe("how long an acknowledgement is waited for", () => {
  it("follows the way's length, and never less than a delayed acknowledgement takes", () => {
    const [near, far] = [new RetransmissionTime(), new RetransmissionTime()];
    for (let index = 0; index < 20; index++) {
      near.measure(1);
      far.measure(900);
    }
    assert.equal(near.out, 400);
    assert.ok(far.out > 900 && far.out < 1300, `${far.out}`);
  });

  it("doubles with each silence, up to ten seconds", () => {
    const time = new RetransmissionTime();
    const first = time.out;
    time.backOff();
    assert.equal(time.out, first * 2);
    for (let index = 0; index < 10; index++) time.backOff();
    assert.equal(time.out, 10_000);
  });
});
