import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { VideoQuality } from "@livekit/protocol";
import { chooseEncoding, type Encoding } from "./layers.ts";

const encodings = (q: number, h: number, f: number): Encoding[] => [
  { id: "q", layer: null, bitrate: q, temporal: [], fps: 25, width: 320, height: 180 },
  { id: "h", layer: null, bitrate: h, temporal: [], fps: 25, width: 640, height: 360 },
  { id: "f", layer: null, bitrate: f, temporal: [], fps: 25, width: 1280, height: 720 },
];
const best = { quality: VideoQuality.HIGH, width: 0, height: 0, fps: 0 };

describe("the encoding that is forwarded", () => {
  it("is the highest that arrives when nothing else is wished", () => {
    assert.equal(chooseEncoding(encodings(1, 1, 1), best)?.id, "f");
    assert.equal(chooseEncoding(encodings(1, 1, 0), best)?.id, "h");
  });

  it("is the lowest until something arrives", () => {
    assert.equal(chooseEncoding(encodings(0, 0, 0), best)?.id, "q");
  });

  it("is what the quality allows", () => {
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, quality: VideoQuality.LOW })?.id, "q");
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, quality: VideoQuality.MEDIUM })?.id, "h");
  });

  it("is the smallest that fills the wished size, also of upright pictures", () => {
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, width: 300, height: 170 })?.id, "q");
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, width: 640, height: 360 })?.id, "h");
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, width: 360, height: 640 })?.id, "h");
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, width: 4000, height: 3000 })?.id, "f");
  });

  it("is one above the wish rather than none at all", () => {
    assert.equal(chooseEncoding(encodings(0, 1, 1), { ...best, quality: VideoQuality.LOW })?.id, "h");
  });

  it("is none of a track without encodings", () => {
    assert.equal(chooseEncoding([], best), null);
  });
});
