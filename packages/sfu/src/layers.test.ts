import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { VideoQuality } from "@livekit/protocol";
import { chooseEncoding, type Encoding } from "./layers.ts";

const encodings = (q: number, h: number, f: number): Encoding[] => [
  { id: "q", bitrate: q, width: 320, height: 180 },
  { id: "h", bitrate: h, width: 640, height: 360 },
  { id: "f", bitrate: f, width: 1280, height: 720 },
];
const best = { quality: VideoQuality.HIGH, width: 0, height: 0 };

describe("the encoding that is forwarded", () => {
  it("is the highest that arrives when nothing else is wished", () => {
    assert.equal(chooseEncoding(encodings(1, 1, 1), best), "f");
    assert.equal(chooseEncoding(encodings(1, 1, 0), best), "h");
  });

  it("is the lowest until something arrives", () => {
    assert.equal(chooseEncoding(encodings(0, 0, 0), best), "q");
  });

  it("is what the quality allows", () => {
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, quality: VideoQuality.LOW }), "q");
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, quality: VideoQuality.MEDIUM }), "h");
  });

  it("is the smallest that fills the wished size, also of upright pictures", () => {
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, width: 300, height: 170 }), "q");
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, width: 640, height: 360 }), "h");
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, width: 360, height: 640 }), "h");
    assert.equal(chooseEncoding(encodings(1, 1, 1), { ...best, width: 4000, height: 3000 }), "f");
  });

  it("is one above the wish rather than none at all", () => {
    assert.equal(chooseEncoding(encodings(0, 1, 1), { ...best, quality: VideoQuality.LOW }), "h");
  });

  it("is none of a track without encodings", () => {
    assert.equal(chooseEncoding([], best), null);
  });
});
