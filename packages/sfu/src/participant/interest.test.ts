import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { UpdateTrackSettings } from "@livekit/protocol";
import { Interest } from "./interest.ts";

describe("what somebody wants", () => {
  it("is everything or nothing by itself, and for each track what they said", () => {
    const all = new Interest(true);
    const chosen = new Interest(false);
    all.say("TR_1", false);
    chosen.say("TR_1", true);
    assert.deepEqual([all.wants("TR_1"), all.wants("TR_2")], [false, true]);
    assert.deepEqual([chosen.wants("TR_1"), chosen.wants("TR_2")], [true, false]);
    all.forget("TR_1");
    assert.equal(all.wants("TR_1"), true);
  });

  it("is remembered of a track that comes later, with how they want it", () => {
    const interest = new Interest(true);
    interest.configure("TR_1", new UpdateTrackSettings({ disabled: true, width: 320, height: 180 }));
    assert.equal(interest.meet("TR_1")?.disabled, true);
    assert.equal(interest.meet("TR_2"), null);
  });

  it("is waited for a minute, and then told to be missing, once", () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const missing = mock.fn();
      const interest = new Interest(false);
      for (const sid of ["TR_1", "TR_1", "TR_2", "TR_3"]) interest.awaits(sid, missing);
      interest.meet("TR_2");
      interest.say("TR_3", false);
      mock.timers.tick(59_000);
      assert.equal(missing.mock.callCount(), 0);
      mock.timers.tick(2_000);
      assert.equal(missing.mock.callCount(), 1);
    } finally {
      mock.timers.reset();
    }
  });

  it("is remembered of so many tracks and no more", () => {
    const interest = new Interest(true);
    for (let index = 0; index < 100_000; index++) interest.say(`TR_${index}`, false);
    assert.equal(interest.wants("TR_1"), false);
    assert.equal(interest.wants("TR_99999"), true);
    interest.say("TR_1", true);
    assert.equal(interest.wants("TR_1"), true);
  });
});
