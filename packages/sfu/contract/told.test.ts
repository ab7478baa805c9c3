import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ClientInfo_Capability, ParticipantInfo_Kind, UpdateParticipantMetadata } from "@livekit/protocol";
import { ConnectionQuality, RoomEvent, TrackSource } from "@livekit/rtc-node";
import { TokenVerifier } from "livekit-server-sdk";
import { type Entry, patience, roomForEach } from "./kit/room.ts";
import type { Way } from "./kit/signaller.ts";
import { Synthetic } from "./kit/synthetic.ts";
import { until } from "./kit/wait.ts";

for (const path of ["/rtc", "/rtc/v1"] as const)
  describe(`what a client is told over ${path}`, patience, () => {
    const room = roomForEach(`told${path.replaceAll("/", "-")}`);

    const join = async (identity: string, entry: Entry = {}, way: Way = {}) => {
      const one = await room.signaller(identity, { ...entry, way: { path, ...way } });
      return { one, join: await one.hears("join") };
    };

    it("what the others' clients can do, of which it makes use when it sends them something", async () => {
      const { CAP_PACKET_TRAILER, CAP_COMPRESSION_DEFLATE_RAW } = ClientInfo_Capability;
      const able = { clientProtocol: 2, capabilities: [CAP_PACKET_TRAILER, CAP_COMPRESSION_DEFLATE_RAW] };
      const { join: anna } = await join("anna", {}, able);
      const { join: bert } = await join("bert");
      for (const info of [anna.participant, bert.otherParticipants[0]])
        assert.deepEqual(
          [info?.identity, info?.clientProtocol, info?.capabilities],
          ["anna", able.clientProtocol, able.capabilities],
        );
      assert.deepEqual([bert.participant?.clientProtocol, bert.participant?.capabilities], [0, []]);
    });

    it("what somebody is who is no person, as their ticket has it", async () => {
      await join("anna", { kind: "agent" });
      const { join: bert } = await join("bert");
      assert.equal(bert.otherParticipants[0]?.kind, ParticipantInfo_Kind.AGENT);
      assert.equal(bert.participant?.kind, ParticipantInfo_Kind.STANDARD);
    });

    it("which codecs the room has", async () => {
      const { join: anna } = await join("anna");
      const told = anna.room?.enabledCodecs.map(({ mime }) => mime) ?? [];
      for (const mime of ["audio/opus", "audio/red", "video/VP8", "video/H264", "video/VP9", "video/AV1"])
        assert.ok(told.includes(mime), mime);
    });

    it("how many are in the room, when somebody has come", async () => {
      const { one: anna } = await join("anna");
      await join("bert");
      await anna.hears("roomUpdate", (update) => update.room?.numParticipants === 2);
    });

    it("a fresh ticket whenever what stands in it has changed, so that whoever joins anew is who they were", async () => {
      const { one: anna } = await join("anna", { grant: { canUpdateOwnMetadata: true }, name: "Anna", ttl: 600 });
      const verifier = new TokenVerifier(room.server.key, room.server.secret);
      const holds = (wished: (claims: Awaited<ReturnType<TokenVerifier["verify"]>>) => boolean) =>
        until("such a ticket", async () => {
          for (const message of anna.heard)
            if (message.case === "refreshToken" && wished(await verifier.verify(message.value))) return true;
          return false;
        });
      const changes = { requestId: 1, name: "Anna B", metadata: "m", attributes: { seat: "4" } };
      anna.say({ case: "updateMetadata", value: new UpdateParticipantMetadata(changes) });
      await holds(
        ({ name, metadata, attributes }) => name === "Anna B" && metadata === "m" && attributes?.seat === "4",
      );
      const permission = { canPublish: false, canSubscribe: true, canPublishData: false };
      await room.api.updateParticipant(room.name, "anna", { permission });
      await holds(({ video }) => video?.canPublish === false && video.canSubscribe === true);
    });
  });

describe("what stock clients make of it", patience, () => {
  const room = roomForEach("told");

  it("who speaks is told to whoever may hear it, and to nobody else", async () => {
    const [anna, bert, carl] = [new Synthetic(), new Synthetic(), new Synthetic()];
    const told = new Map<Synthetic, number>();
    for (const one of [anna, bert, carl])
      one.room.on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
        if (speakers.some(({ identity }) => identity === "anna")) told.set(one, (told.get(one) ?? 0) + 1);
      });
    await room.synthetic("carl", { grant: { canSubscribe: false } }, carl);
    await room.synthetic("bert", {}, bert);
    await room.synthetic("anna", {}, anna);
    await anna.sing(440);
    await bert.hears(`anna/${TrackSource.SOURCE_MICROPHONE}`, 440);
    await until("anna and bert are told", () => told.has(anna) && told.has(bert));
    await anna.leave();
    await bert.leave();
    assert.equal(told.get(carl), undefined);
  });

  it("how good the connection of each is, their own too", async () => {
    const [anna, bert] = [new Synthetic(), new Synthetic()];
    const told = new Map<string, ConnectionQuality>();
    for (const [name, one] of Object.entries({ anna, bert }))
      one.room.on(RoomEvent.ConnectionQualityChanged, (quality, { identity }) =>
        told.set(`${name} of ${identity}`, quality),
      );
    await room.synthetic("bert", {}, bert);
    await room.synthetic("anna", {}, anna);
    // LiveKit tells of those alone whom one receives.
    await bert.sing(700);
    await anna.sing(440);
    const all = ["anna of anna", "anna of bert", "bert of anna", "bert of bert"];
    await until("each is told of both", () => all.every((one) => told.has(one)));
    // Which of the three it is depends on how busy the machine is.
    const { QUALITY_POOR, QUALITY_GOOD, QUALITY_EXCELLENT } = ConnectionQuality;
    for (const one of all) {
      const quality = told.get(one);
      assert.ok(quality !== undefined && [QUALITY_POOR, QUALITY_GOOD, QUALITY_EXCELLENT].includes(quality), one);
    }
  });

  it("what somebody writes into the SDK's own chat, who it is from and no others than it is for", async () => {
    const [anna, bert, carl] = [new Synthetic(), new Synthetic(), new Synthetic()];
    const read: string[] = [];
    for (const [name, one] of Object.entries({ bert, carl }))
      one.room.on(RoomEvent.ChatMessage, ({ message }, sender) => {
        // A greeting from somebody who is not known yet is no matter here.
        if (message !== "hello") read.push(`${name}: ${message} from ${sender?.identity}`);
        else if (sender) met.add(name);
      });
    const met = new Set<string>();
    for (const [name, one] of Object.entries({ bert, carl, anna })) await room.synthetic(name, {}, one);
    const local = anna.room.localParticipant;
    assert.ok(local);
    await until("both are met", async () => {
      await local.sendChatMessage("hello");
      return met.size === 2;
    });
    await local.sendChatMessage("to bert", ["bert"]);
    await local.sendChatMessage("to all");
    await until("all have read", () => read.filter((line) => line.includes("to all")).length === 2);
    assert.deepEqual(read.toSorted(), ["bert: to all from anna", "bert: to bert from anna", "carl: to all from anna"]);
  });

  it("a call of 60 kB, longer than older clients could take, is answered", async () => {
    const bert = await room.synthetic("bert");
    const anna = await room.synthetic("anna");
    const local = anna.room.localParticipant;
    assert.ok(local && bert.room.localParticipant);
    bert.room.localParticipant.registerRpcMethod("measure", async ({ payload }) => String(payload.length));
    const payload = "x".repeat(60_000);
    await until("anna knows bert", () => anna.room.remoteParticipants.has("bert"));
    assert.equal(await local.performRpc({ destinationIdentity: "bert", method: "measure", payload }), "60000");
  });
});
