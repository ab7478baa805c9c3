import assert from "node:assert/strict";
import { test } from "node:test";
import { abilityOf } from "./ability.ts";

const webrtc = { RTCPeerConnection: { prototype: { addTransceiver: 0 } }, isSecureContext: true };
const devices = { getUserMedia: 0, getDisplayMedia: 0 };

test("a browser of today can do all", () => {
  assert.deepEqual(abilityOf({ ...webrtc, navigator: { mediaDevices: devices } }), {
    hears: true,
    captures: true,
    shares: true,
    lacks: null,
  });
});

test("without WebRTC, or with one too old, a browser can do nothing with picture and sound", () => {
  for (const RTCPeerConnection of [undefined, { prototype: {} }]) {
    const ability = abilityOf({ RTCPeerConnection, isSecureContext: true, navigator: { mediaDevices: devices } });
    assert.deepEqual(ability, { hears: false, captures: false, shares: false, lacks: "webrtc" });
  }
});

test("without https one can listen, and is told that it is the address", () => {
  const ability = abilityOf({ ...webrtc, isSecureContext: false, navigator: { mediaDevices: undefined } });
  assert.deepEqual(ability, { hears: true, captures: false, shares: false, lacks: "https" });
});

test("a browser without capture can listen", () => {
  assert.equal(abilityOf({ ...webrtc, navigator: {} }).lacks, "capture");
});

test("a telephone that cannot share a screen lacks nothing", () => {
  const ability = abilityOf({ ...webrtc, navigator: { mediaDevices: { getUserMedia: 0 } } });
  assert.equal(ability.lacks, null);
  assert.equal(ability.shares, false);
});
