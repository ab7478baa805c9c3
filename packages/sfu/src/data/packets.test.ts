import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  ActiveSpeakerUpdate,
  ChatMessage,
  DataPacket,
  DataPacket_Kind,
  RpcRequest,
  UserPacket,
} from "@livekit/protocol";
import fc from "fast-check";
import { type DataSender, recipientsOf, stamp } from "./packets.ts";

const anna: DataSender = { sid: "PA_anna", identity: "anna", hidden: false };
const people = ["anna", "bert", "carl"].map((identity) => ({ sid: `PA_${identity}`, identity }));
const user = (fields: ConstructorParameters<typeof UserPacket>[0] = {}, more: object = {}) =>
  new DataPacket({ ...more, value: { case: "user", value: new UserPacket(fields) } }).toBinary();

describe("a data packet", () => {
  it("says who sent it and by which channel, whatever its sender says", () => {
    const lie = { participantSid: "PA_bert", participantIdentity: "bert" };
    const stamped = stamp(anna, "lossy", user(lie, { ...lie, kind: DataPacket_Kind.RELIABLE }));
    assert.ok(stamped?.packet.value.case === "user");
    const { packet } = stamped;
    assert.deepEqual(
      [packet.participantSid, packet.participantIdentity, packet.kind],
      ["PA_anna", "anna", DataPacket_Kind.LOSSY],
    );
    assert.deepEqual(
      [stamped.packet.value.value.participantSid, stamped.packet.value.value.participantIdentity],
      ["PA_anna", "anna"],
    );
  });

  it("of somebody hidden names nobody", () => {
    const stamped = stamp({ ...anna, hidden: true }, "reliable", user({ participantIdentity: "bert" }));
    assert.ok(stamped?.packet.value.case === "user");
    assert.equal(stamped.packet.participantIdentity, "");
    assert.equal(stamped.packet.value.value.participantIdentity, "");
    assert.equal(stamped.packet.value.value.participantSid, "");
  });

  it("goes to those it names, in any of the three ways, and never back", () => {
    const to = (bytes: Uint8Array) => {
      const stamped = stamp(anna, "reliable", bytes);
      return stamped && recipientsOf(stamped.to, "PA_anna", people).map(({ identity }) => identity);
    };
    assert.deepEqual(to(user()), ["bert", "carl"]);
    assert.deepEqual(to(user({}, { destinationIdentities: ["carl"] })), ["carl"]);
    assert.deepEqual(to(user({ destinationIdentities: ["bert"] })), ["bert"]);
    assert.deepEqual(to(user({ destinationSids: ["PA_carl"] })), ["carl"]);
    assert.deepEqual(to(user({}, { destinationIdentities: ["anna", "nobody"] })), []);
    const call = new DataPacket({
      destinationIdentities: ["bert"],
      value: { case: "rpcRequest", value: new RpcRequest({ method: "greet" }) },
    });
    assert.deepEqual(to(call.toBinary()), ["bert"]);
  });

  it("is passed on only where people have something to say to each other", () => {
    const speakers = new DataPacket({ value: { case: "speaker", value: new ActiveSpeakerUpdate() } });
    assert.equal(stamp(anna, "reliable", speakers.toBinary()), null);
    assert.equal(stamp(anna, "reliable", new DataPacket().toBinary()), null);
    const chat = new DataPacket({ value: { case: "chatMessage", value: new ChatMessage({ message: "hello" }) } });
    assert.ok(stamp(anna, "reliable", chat.toBinary()));
  });

  it("names at most a thousand", () => {
    assert.equal(stamp(anna, "reliable", user({}, { destinationIdentities: Array(1001).fill("x") })), null);
  });

  it("of any bytes never throws, and is never somebody else's", () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const stamped = stamp(anna, "reliable", bytes);
        if (stamped) assert.equal(stamped.packet.participantIdentity, "anna");
      }),
    ));
});
