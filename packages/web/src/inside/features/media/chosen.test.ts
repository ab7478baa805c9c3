import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenOf } from "./chosen.ts";

test("of several tracks of one source every page has the same one, in whatever order it was told of them", () => {
  const [one, two, camera] = ["TR_AMa|microphone", "TR_AMb|microphone", "TR_VCa|camera"].map((text) => {
    const [trackSid = "", source = ""] = text.split("|");
    return { trackSid, source };
  });
  assert.ok(one && two && camera);
  for (const told of [
    [one, two, camera],
    [camera, two, one],
  ]) {
    assert.equal(chosenOf(told, "microphone"), one);
    assert.equal(chosenOf(told, "camera"), camera);
    assert.equal(chosenOf(told, "screen_share"), null);
  }
});
