import assert from "node:assert/strict";
import { test } from "node:test";
import { shareOptions } from "./share.ts";

test("the system's sound is shared only where the browser leaves the meeting's own out of it", () => {
  const knows = shareOptions({ restrictOwnAudio: true });
  assert.equal(knows.systemAudio, "include");
  assert.equal(knows.audio.restrictOwnAudio, true);
  const knowsNot = shareOptions({});
  assert.equal(knowsNot.systemAudio, "exclude");
  assert.deepEqual(knowsNot.audio, {});
});

test("a window is shared with its own sound, the meeting's own tab never, and one may switch to another tab", () => {
  for (const supported of [{}, { restrictOwnAudio: true }]) {
    const options = shareOptions(supported);
    assert.equal(options.windowAudio, "window");
    assert.equal(options.selfBrowserSurface, "exclude");
    assert.equal(options.surfaceSwitching, "include");
  }
});

test("whoever shares a film hears it too", () => {
  assert.equal(shareOptions({ suppressLocalAudioPlayback: true }).audio.suppressLocalAudioPlayback, false);
});

test("of a screen that is too large for the media server the browser sends a smaller picture", () => {
  const { video } = shareOptions({});
  assert.deepEqual([video.width, video.height], [{ max: 3840 }, { max: 2400 }]);
});
