import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { JoinRequest, SignalRequest, SyncState } from "@livekit/protocol";
import { maxBesideSdp, maxSdpBytes, weightOfJoin, weightOfRequest, weightOfText } from "./bulk.ts";

const isBulkyRequest = (bytes: Uint8Array) => weightOfRequest(bytes) === null;
const isBulkyJoin = (bytes: Uint8Array) => weightOfJoin(bytes) === null;
const isBulkyText = (text: string, message: unknown) => weightOfText(text, message) === null;

const sdp = "a=x\r\n".repeat(200_000);
const description = { type: "offer", sdp, id: 7 };

describe("a message", () => {
  it("may hold a long SDP, in an offer, an answer and a join", () => {
    for (const name of ["offer", "answer"] as const) {
      const request = new SignalRequest({ message: { case: name, value: description } });
      assert.equal(isBulkyRequest(request.toBinary()), false);
      const text = request.toJsonString();
      assert.equal(isBulkyText(text, JSON.parse(text)), false);
    }
    const join = new JoinRequest({ publisherOffer: description, metadata: "x", reconnect: true });
    assert.equal(isBulkyJoin(join.toBinary()), false);
  });

  it("may hold both SDPs of somebody who comes back", () => {
    const state = new SyncState({ offer: description, answer: description, trackSidsDisabled: ["TR_a"] });
    const request = new SignalRequest({ message: { case: "syncState", value: state } });
    assert.equal(isBulkyRequest(request.toBinary()), false);
    const text = request.toJsonString();
    assert.equal(isBulkyText(text, JSON.parse(text)), false);
  });

  it("weighs what is beside its SDP", () => {
    const request = new SignalRequest({
      message: { case: "offer", value: { ...description, type: "x".repeat(3000) } },
    });
    for (const weight of [
      weightOfRequest(request.toBinary()),
      weightOfText(request.toJsonString(), JSON.parse(request.toJsonString())),
    ])
      assert.ok(weight !== null && weight >= 3000 && weight < 3100, String(weight));
    const empty = Buffer.from("22020a00".repeat(1000), "hex");
    assert.equal(weightOfRequest(empty), empty.length);
  });

  it("is bulky when one SDP is, even alone", () => {
    const offer = { sdp: "x".repeat(maxSdpBytes + 1) };
    for (const request of [
      new SignalRequest({ message: { case: "offer", value: offer } }),
      new SignalRequest({ message: { case: "syncState", value: { offer } } }),
    ]) {
      assert.equal(isBulkyRequest(request.toBinary()), true);
      const text = request.toJsonString();
      assert.equal(isBulkyText(text, JSON.parse(text)), true);
    }
  });

  it("is bulky when it is long beside the SDP, whatever it is", () => {
    const many = Array.from({ length: maxBesideSdp / 2 + 1 }, () => ({}));
    const requests = [
      new SignalRequest({ message: { case: "syncState", value: new SyncState({ publishTracks: many }) } }),
      new SignalRequest({ message: { case: "offer", value: { sdp, type: "x".repeat(maxBesideSdp) } } }),
    ];
    for (const request of requests) {
      assert.equal(isBulkyRequest(request.toBinary()), true);
      const text = request.toJsonString();
      assert.equal(isBulkyText(text, JSON.parse(text)), true);
    }
    assert.equal(isBulkyJoin(new JoinRequest({ addTrackRequests: many }).toBinary()), true);
    assert.equal(isBulkyJoin(new JoinRequest({ metadata: "x".repeat(maxBesideSdp) }).toBinary()), true);
    const midToTrackId = Object.fromEntries(many.map((_, index) => [index, ""]));
    const join = new JoinRequest({ publisherOffer: { ...description, midToTrackId } });
    assert.equal(isBulkyJoin(join.toBinary()), true);
  });

  it("is bulky when it is long and none", () => {
    for (const byte of [0x00, 0x0a, 0x0b, 0x0c, 0xff]) assert.equal(isBulkyRequest(Buffer.alloc(70_000, byte)), true);
    const offer = new SignalRequest({ message: { case: "offer", value: description } }).toBinary();
    assert.equal(isBulkyRequest(offer.subarray(0, -1)), true);
    for (const value of [null, 1, "x", [], { offer: null }, { offer: { sdp: 3 } }])
      assert.equal(isBulkyText("x".repeat(70_000), value), true);
  });

  it("is bulky when it has another form than its type says: decoders read it all the same", () => {
    const many = Buffer.alloc(600_000);
    for (let at = 0; at < many.length; at += 2) many[at] = 0x22;
    const length = (bytes: number) => [0x80 | (bytes & 127), 0x80 | ((bytes >> 7) & 127), bytes >> 14];
    // Of a leave: can_reconnect and reason, which are numbers; of an offer: itself and its SDP.
    const looksLikeOffer = [0x0a, ...length(many.length + 4), 0x12, ...length(many.length)];
    const leaves = [
      // Said to be a number.
      [0x40, ...length(many.length + 8)],
      // The same field, in a tag whose highest bits count for no decoder and blur the lowest.
      [0xc2, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10, ...length(many.length + 8)],
    ].map((begin) => Buffer.from([...begin, ...looksLikeOffer, ...many]));
    // Said to be over after the length of the regions in it, which are its end.
    leaves.push(Buffer.from([0x42, 0x04, 0x22, ...length(many.length + 8), ...looksLikeOffer, ...many]));
    for (const leave of leaves) {
      assert.equal(SignalRequest.fromBinary(leave).message.case, "leave");
      assert.equal(isBulkyRequest(leave), true);
    }
  });

  it("that is bulky is known as such in a moment", () => {
    const bytes = Buffer.alloc(1024 * 1024);
    for (let at = 0; at < bytes.length; at += 2) bytes[at] = 0x0a;
    const began = process.cpuUsage();
    assert.equal(isBulkyRequest(bytes), true);
    assert.equal(isBulkyJoin(bytes), true);
    assert.ok(process.cpuUsage(began).user < 300_000);
  });
});
