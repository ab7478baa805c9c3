import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { VideoQuality } from "@livekit/protocol";
import type { Encoding } from "./layers.ts";
import { qualitiesOf } from "./qualities.ts";

const encoding = (id: string, temporal: number[], height: number): Encoding => ({
  id,
  layer: null,
  bitrate: temporal.at(-1) ?? 0,
  temporal,
  fps: 30,
  width: (height * 16) / 9,
  height,
});
const three = [
  encoding("q", [60, 90, 150], 180),
  encoding("h", [200, 300, 500], 360),
  encoding("f", [600, 900, 1500], 720),
];
const best = { quality: VideoQuality.HIGH, width: 0, height: 0, fps: 0 };
const list = (encodings: readonly Encoding[], wish = best) =>
  qualitiesOf(encodings, wish).map(({ encoding: { id }, temporal, bitrate }) => [id, temporal, bitrate]);

describe("the qualities of a track", () => {
  it("are its encodings, and fewer frames of the lowest as a last resort", () => {
    assert.deepEqual(list(three), [
      ["q", 0, 60],
      ["q", 1, 90],
      ["q", null, 150],
      ["h", null, 500],
      ["f", null, 1500],
    ]);
  });

  it("end where the wish does", () => {
    assert.equal(list(three, { ...best, quality: VideoQuality.MEDIUM }).at(-1)?.[0], "h");
    assert.equal(list(three, { ...best, width: 320, height: 180 }).at(-1)?.[0], "q");
  });

  it("have no more frames than are wished", () => {
    assert.deepEqual(list(three, { ...best, fps: 15 }), [
      ["q", 0, 60],
      ["q", 1, 90],
      ["h", 1, 300],
      ["f", 1, 900],
    ]);
    assert.deepEqual(list(three, { ...best, fps: 5 }).at(-1), ["f", 0, 600]);
  });

  it("leave out what does not arrive, and are the one to wait for when nothing does", () => {
    const silent = three.map((one) => ({ ...one, bitrate: 0, temporal: [] }));
    assert.deepEqual(list(silent), [["q", null, 0]]);
    assert.deepEqual(
      list([...silent.slice(0, 1), ...three.slice(1)]).map(([id]) => id),
      ["h", "h", "h", "f"],
    );
    assert.deepEqual(list([]), []);
  });
});
