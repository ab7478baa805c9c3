import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CreateRoomRequest, Room } from "@livekit/protocol";
import { RpcError } from "@livekit/rtc-node";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { patience, roomForEach } from "./kit/room.ts";
import { eventually, until } from "./kit/wait.ts";

describe("the server API, as livekit-server-sdk speaks it", patience, () => {
  const room = roomForEach("api");

  const codeOf = (run: Promise<unknown>) =>
    run.then(
      () => "none",
      (error: { code?: string }) => error.code,
    );

  const statusOf = (run: Promise<unknown>) =>
    run.then(
      () => 200,
      (error: { status?: number }) => error.status,
    );

  it("makes, lists, describes and deletes rooms", async () => {
    const council = await room.api.createRoom({ name: "council", metadata: "m", emptyTimeout: 60 });
    assert.match(council.sid, /^RM_/);
    assert.equal((await room.api.createRoom({ name: "council" })).sid, council.sid);
    assert.deepEqual(
      (await room.api.listRooms(["council", "other"])).map(({ name }) => name),
      ["council"],
    );
    assert.equal((await room.api.updateRoomMetadata("council", "n")).metadata, "n");
    await room.api.deleteRoom("council");
    await eventually(async () => assert.deepEqual(await room.api.listRooms(["council"]), []));
  });

  it("speaks protobuf as well as JSON", async () => {
    const token = new AccessToken(room.server.key, room.server.secret, { ttl: 60 });
    token.addGrant({ roomCreate: true });
    const response = await fetch(`${room.server.http}/twirp/livekit.RoomService/CreateRoom`, {
      method: "POST",
      headers: { "content-type": "application/protobuf", authorization: `Bearer ${await token.toJwt()}` },
      body: Uint8Array.from(new CreateRoomRequest({ name: "binary" }).toBinary()),
    });
    assert.equal(response.headers.get("content-type"), "application/protobuf");
    assert.equal(Room.fromBinary(new Uint8Array(await response.arrayBuffer())).name, "binary");
  });

  it("takes a room's options when it is made, and leaves them alone afterwards", async () => {
    const options = { emptyTimeout: 60, departureTimeout: 7, maxParticipants: 9, metadata: "m" };
    await room.api.createRoom({ name: "options", ...options });
    const again = await room.api.createRoom({ name: "options", emptyTimeout: 1, departureTimeout: 1, metadata: "n" });
    const { emptyTimeout, departureTimeout, maxParticipants, metadata } = again;
    assert.deepEqual({ emptyTimeout, departureTimeout, maxParticipants, metadata }, options);
    const plain = await room.api.createRoom({ name: "no-options" });
    assert.deepEqual([plain.emptyTimeout, plain.departureTimeout, plain.maxParticipants], [300, 20, 0]);
    const both = (await room.api.listRooms()).map(({ name }) => name);
    for (const name of ["options", "no-options"]) {
      assert.ok(both.includes(name));
      await room.api.deleteRoom(name);
    }
  });

  it("lists, describes and removes people, and tells a room that nobody is in", async () => {
    const anna = await room.synthetic("anna");
    await until("anna is active", async () => (await room.api.getParticipant(room.name, "anna")).state === 2);
    await eventually(async () => {
      assert.deepEqual(await room.identities(), ["anna"]);
    });
    await room.api.updateParticipant(room.name, "anna", {
      name: "Anna",
      metadata: "chair",
      attributes: { seat: "1" },
    });
    await eventually(async () => {
      const described = await room.api.getParticipant(room.name, "anna");
      assert.deepEqual([described.name, described.metadata, described.attributes.seat], ["Anna", "chair", "1"]);
    });
    await room.api.updateParticipant(room.name, "anna", { attributes: { seat: "", party: "x" } });
    await eventually(async () => {
      const changed = await room.api.getParticipant(room.name, "anna");
      assert.deepEqual([changed.name, changed.metadata, changed.attributes], ["Anna", "chair", { party: "x" }]);
    });
    await room.api.removeParticipant(room.name, "anna");
    await until("anna is told", () => anna.disconnected);
    await eventually(async () => assert.deepEqual(await room.identities(), []));
  });

  it("mutes a track: its owner is told and nothing more is forwarded", async () => {
    const anna = await room.synthetic("anna");
    const bert = await room.synthetic("bert");
    const sid = await anna.sing(440);
    await bert.hears("anna/2", 440);
    const track = await room.api.mutePublishedTrack(room.name, "anna", sid, true);
    assert.equal(track.muted, true);
    const isMuted = async () => (await room.trackOf("anna"))?.muted;
    await until("it is known to be muted", isMuted);
    // Nobody's microphone is opened from afar.
    assert.equal(await codeOf(room.api.mutePublishedTrack(room.name, "anna", sid, false)), "failed_precondition");
    assert.equal(await isMuted(), true);
  });

  it("subscribes somebody to a track, and takes it away", async () => {
    const anna = await room.synthetic("anna");
    const bert = await room.synthetic("bert");
    const sid = await anna.sing(440);
    await bert.hears("anna/2", 440);
    await room.api.updateSubscriptions(room.name, "bert", [sid], false);
    const heard = () => bert.sounds.get("anna/2");
    // What is played then is silence, or nothing.
    await until("bert hears nothing", async () => {
      const before = heard()?.frames;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return heard()?.frames === before || heard()?.hertz === 0;
    });
    bert.sounds.clear();
    await room.api.updateSubscriptions(room.name, "bert", [sid], true);
    await bert.hears("anna/2", 440);
  });

  it("calls a method that a client registered, and tells what it answers or why it does not", async () => {
    const anna = await room.synthetic("anna");
    const bert = await room.synthetic("bert");
    await until(
      "both see each other",
      () => anna.room.remoteParticipants.size + bert.room.remoteParticipants.size === 2,
    );
    anna.room.localParticipant?.registerRpcMethod("greet", async ({ payload }) => `hello ${payload}`);
    anna.room.localParticipant?.registerRpcMethod("fail", async () => {
      throw new RpcError(2000, "not today");
    });
    const token = new AccessToken(room.server.key, room.server.secret, { ttl: 60 });
    token.addGrant({ roomAdmin: true, room: room.name });
    const authorization = `Bearer ${await token.toJwt()}`;
    const call = async (method: string) => {
      const body = { room: room.name, destination_identity: "anna", method, payload: "you" };
      const response = await fetch(`${room.server.http}/twirp/livekit.RoomService/PerformRpc`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization },
        body: JSON.stringify(body),
      });
      const { payload, code, msg } = (await response.json()) as { payload?: string; code?: string; msg?: string };
      return payload ?? `${code}: ${/RpcError \d+: .*/.exec(msg ?? "")?.[0]}`;
    };
    // Until its data channel is open a client hears of nothing.
    assert.equal(await until("an answer", async () => (await call("greet")) === "hello you" && "told"), "told");
    assert.match(await call("fail"), /RpcError 2000: not today/);
    assert.match(await call("nothing"), /^invalid_argument: RpcError 1400/);
  });

  it("refuses with a code of Twirp", async () => {
    assert.equal(await codeOf(room.api.deleteRoom("never")), "not_found");
    assert.equal(await codeOf(room.api.getParticipant("never", "x")), "not_found");
    const stranger = new RoomServiceClient(room.server.http, room.server.key, "another secret altogether");
    assert.equal(await statusOf(stranger.listRooms()), 401);
    const token = new AccessToken(room.server.key, room.server.secret, { identity: "x", ttl: 60 });
    token.addGrant({ roomJoin: true, room: room.name });
    const participant = new RoomServiceClient(room.server.http, undefined, undefined, { token: await token.toJwt() });
    assert.equal(await codeOf(participant.listParticipants(room.name)), "unauthenticated");
  });

  it("does not take an admin of one room for one of another", async () => {
    const token = new AccessToken(room.server.key, room.server.secret, { ttl: 60 });
    token.addGrant({ roomAdmin: true, room: "here" });
    const admin = new RoomServiceClient(room.server.http, undefined, undefined, { token: await token.toJwt() });
    assert.equal(await codeOf(admin.listParticipants("there")), "unauthenticated");
  });
});
