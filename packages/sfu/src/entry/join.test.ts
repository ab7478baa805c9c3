import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { JoinRequest, WrappedJoinRequest } from "@livekit/protocol";
import { joinWishesOf } from "./join.ts";

const wishesOf = (join: ConstructorParameters<typeof JoinRequest>[0], packed = false) => {
  const bytes = new JoinRequest(join).toBinary();
  const wrapped = new WrappedJoinRequest({
    joinRequest: packed ? gzipSync(bytes) : bytes,
    compression: packed ? 1 : 0,
  });
  const text = encodeURIComponent(Buffer.from(wrapped.toBinary()).toString("base64url"));
  return joinWishesOf({ url: `/rtc/v1?access_token=t&join_request=${text}`, headers: {} }, "/rtc/v1");
};

describe("a join request", () => {
  it("brings a first offer and the tracks in it", () => {
    const offer = { type: "offer", sdp: "v=0", id: 3 };
    for (const packed of [false, true]) {
      const wishes = wishesOf({ publisherOffer: offer, addTrackRequests: [{ cid: "a" }, { cid: "b" }] }, packed);
      assert.deepEqual([wishes?.form, wishes?.token, wishes?.offer?.id], ["single", "t", 3]);
      assert.deepEqual(
        wishes?.request.addTrackRequests.map(({ cid }) => cid),
        ["a", "b"],
      );
    }
    assert.equal(wishesOf({ metadata: "x" })?.offer, null);
  });

  it("with more tracks than anyone may publish, or that swells when unpacked, is none", () => {
    const tracks = (length: number) => Array.from({ length }, () => ({}));
    assert.notEqual(wishesOf({ addTrackRequests: tracks(32) }), null);
    assert.equal(wishesOf({ addTrackRequests: tracks(33) }), null);
    assert.equal(wishesOf({ metadata: "x".repeat(100_000) }, true), null);
    assert.equal(wishesOf({ publisherOffer: { sdp: "x".repeat(1_100_000) } }, true), null);
    assert.notEqual(wishesOf({ publisherOffer: { sdp: "x".repeat(900_000) } }, true), null);
  });
});
