import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { beforeEach, describe, it } from "node:test";
import { Downlink, type Picture } from "./downlink.ts";
import type { Quality } from "./qualities.ts";

class TestPath extends EventEmitter {
  setBandwidthProbing() {}
  setMaxProbingBitrate() {}
  setProbingBitrateLimit() {}
  /** Feedback has come. */
  heard() {
    this.emit("targetbitrate", 2_000_000, 2_000_000, 500_000);
  }
}

class TestPicture implements Picture {
  readonly track = { sid: "TR_1" };
  readonly publisher = "PA_1";
  readonly isWanted = true;
  readonly priority = 0;
  readonly isScreen = false;
  readonly #bitrate: number;
  chosen: Quality | null = null;
  refreshed = 0;
  constructor(bitrate: number) {
    this.#bitrate = bitrate;
  }
  qualities(): Quality[] {
    const bitrate = this.#bitrate;
    const encoding = { id: "f", layer: null, bitrate, temporal: [], fps: 20, width: 640, height: 360 };
    return [{ encoding, temporal: null, bitrate }];
  }
  choose(quality: Quality | null) {
    this.chosen = quality;
  }
  refresh() {
    this.refreshed += 1;
  }
}

describe("the path to a subscriber", () => {
  const path = new TestPath();
  beforeEach(() => void path.removeAllListeners());

  const begin = (bitrate: number) => {
    const downlink = new Downlink(() => {});
    const picture = new TestPicture(bitrate);
    downlink.add(picture, path);
    downlink.share();
    assert.ok(picture.chosen);
    path.heard();
    return picture;
  };

  it("gets key frames when it is heard of after an outage, once for each", (context) => {
    context.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
    const picture = begin(500_000);
    for (let second = 0; second < 3; second++) {
      context.mock.timers.tick(1050);
      path.heard();
    }
    assert.equal(picture.refreshed, 0, "it is heard of once a second");
    context.mock.timers.tick(2000);
    path.heard();
    path.heard();
    assert.equal(picture.refreshed, 1);
  });

  it("gets none where little is sent, of which little is heard", (context) => {
    context.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
    const picture = begin(20_000);
    context.mock.timers.tick(10_000);
    path.heard();
    assert.equal(picture.refreshed, 0);
  });
});
