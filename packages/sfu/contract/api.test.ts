import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CreateRoomRequest, Room } from "@livekit/protocol";
import { RpcError } from "@livekit/rtc-node";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { type ServerUnderTest, serverUnderTest } from "./kit/server.ts";
import { endSynthetics, Synthetic } from "./kit/synthetic.ts";
import { eventually, until } from "./kit/wait.ts";

describe("the server API, as livekit-server-sdk speaks it", { timeout: 600_000 }, () => {
  let server: ServerUnderTest;

  before(async () => {
    server = await serverUnderTest();
  });
  after(async () => {
    await endSynthetics();
    await server.stop();
  });

  const join = async (room: string, identity: string) => {
    const one = new Synthetic();
    await one.join(server.url, await server.ticket(identity, { room }));
    return one;
  };
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
    const room = await server.api.createRoom({ name: "council", metadata: "m", emptyTimeout: 60 });
    assert.match(room.sid, /^RM_/);
    assert.equal((await server.api.createRoom({ name: "council" })).sid, room.sid);
    assert.deepEqual(
      (await server.api.listRooms(["council", "other"])).map(({ name }) => name),
      ["council"],
    );
    assert.equal((await server.api.updateRoomMetadata("council", "n")).metadata, "n");
    await server.api.deleteRoom("council");
    await eventually(async () => assert.deepEqual(await server.api.listRooms(["council"]), []));
  });

  it("speaks protobuf as well as JSON", async () => {
    const token = new AccessToken(server.key, server.secret, { ttl: 60 });
    token.addGrant({ roomCreate: true });
    const response = await fetch(`${server.http}/twirp/livekit.RoomService/CreateRoom`, {
      method: "POST",
      headers: { "content-type": "application/protobuf", authorization: `Bearer ${await token.toJwt()}` },
      body: Uint8Array.from(new CreateRoomRequest({ name: "binary" }).toBinary()),
    });
    assert.equal(response.headers.get("content-type"), "application/protobuf");
    assert.equal(Room.fromBinary(new Uint8Array(await response.arrayBuffer())).name, "binary");
  });

  it("takes a room's options when it is made, and leaves them alone afterwards", async () => {
    const options = { emptyTimeout: 60, departureTimeout: 7, maxParticipants: 9, metadata: "m" };
    await server.api.createRoom({ name: "options", ...options });
    const again = await server.api.createRoom({ name: "options", emptyTimeout: 1, departureTimeout: 1, metadata: "n" });
    const { emptyTimeout, departureTimeout, maxParticipants, metadata } = again;
    assert.deepEqual({ emptyTimeout, departureTimeout, maxParticipants, metadata }, options);
    const plain = await server.api.createRoom({ name: "no-options" });
    assert.deepEqual([plain.emptyTimeout, plain.departureTimeout, plain.maxParticipants], [300, 20, 0]);
    const both = (await server.api.listRooms()).map(({ name }) => name);
    for (const name of ["options", "no-options"]) {
      assert.ok(both.includes(name));
      await server.api.deleteRoom(name);
    }
  });

  it("lists, describes and removes people, and tells a room that nobody is in", async () => {
    const anna = await join("people", "anna");
    await until("anna is active", async () => (await server.api.getParticipant("people", "anna")).state === 2);
    await eventually(async () => {
      const there = await server.api.listParticipants("people");
      assert.deepEqual(
        there.map(({ identity }) => identity),
        ["anna"],
      );
    });
    await server.api.updateParticipant("people", "anna", {
      name: "Anna",
      metadata: "chair",
      attributes: { seat: "1" },
    });
    await eventually(async () => {
      const described = await server.api.getParticipant("people", "anna");
      assert.deepEqual([described.name, described.metadata, described.attributes.seat], ["Anna", "chair", "1"]);
    });
    await server.api.updateParticipant("people", "anna", { attributes: { seat: "", party: "x" } });
    await eventually(async () => {
      const changed = await server.api.getParticipant("people", "anna");
      assert.deepEqual([changed.name, changed.metadata, changed.attributes], ["Anna", "chair", { party: "x" }]);
    });
    await server.api.removeParticipant("people", "anna");
    await until("anna is told", () => anna.disconnected);
    await eventually(async () => assert.deepEqual(await server.api.listParticipants("people"), []));
  });

  it("mutes a track: its owner is told and nothing more is forwarded", async () => {
    const anna = await join("muting", "anna");
    const bert = await join("muting", "bert");
    const sid = await anna.sing(440);
    await bert.hears("anna/2", 440);
    const track = await server.api.mutePublishedTrack("muting", "anna", sid, true);
    assert.equal(track.muted, true);
    const isMuted = async () => (await server.api.getParticipant("muting", "anna")).tracks[0]?.muted;
    await until("it is known to be muted", isMuted);
    // Nobody's microphone is opened from afar.
    assert.equal(await codeOf(server.api.mutePublishedTrack("muting", "anna", sid, false)), "failed_precondition");
    assert.equal(await isMuted(), true);
    await Promise.all([anna.leave(), bert.leave()]);
  });

  it("subscribes somebody to a track, and takes it away", async () => {
    const anna = await join("subscriptions", "anna");
    const bert = await join("subscriptions", "bert");
    const sid = await anna.sing(440);
    await bert.hears("anna/2", 440);
    await server.api.updateSubscriptions("subscriptions", "bert", [sid], false);
    const heard = () => bert.sounds.get("anna/2");
    // What is played then is silence, or nothing.
    await until("bert hears nothing", async () => {
      const before = heard()?.frames;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return heard()?.frames === before || heard()?.hertz === 0;
    });
    bert.sounds.clear();
    await server.api.updateSubscriptions("subscriptions", "bert", [sid], true);
    await bert.hears("anna/2", 440);
    await Promise.all([anna.leave(), bert.leave()]);
  });

  it("calls a method that a client registered, and tells what it answers or why it does not", async () => {
    const anna = await join("calling", "anna");
    const bert = await join("calling", "bert");
    await until(
      "both see each other",
      () => anna.room.remoteParticipants.size + bert.room.remoteParticipants.size === 2,
    );
    anna.room.localParticipant?.registerRpcMethod("greet", async ({ payload }) => `hello ${payload}`);
    anna.room.localParticipant?.registerRpcMethod("fail", async () => {
      throw new RpcError(2000, "not today");
    });
    const token = new AccessToken(server.key, server.secret, { ttl: 60 });
    token.addGrant({ roomAdmin: true, room: "calling" });
    const authorization = `Bearer ${await token.toJwt()}`;
    const call = async (method: string) => {
      const body = { room: "calling", destination_identity: "anna", method, payload: "you" };
      const response = await fetch(`${server.http}/twirp/livekit.RoomService/PerformRpc`, {
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
    await Promise.all([anna.leave(), bert.leave()]);
  });

  it("refuses with a code of Twirp", async () => {
    assert.equal(await codeOf(server.api.deleteRoom("never")), "not_found");
    assert.equal(await codeOf(server.api.getParticipant("never", "x")), "not_found");
    const stranger = new RoomServiceClient(server.http, server.key, "another secret altogether");
    assert.equal(await statusOf(stranger.listRooms()), 401);
    const token = new AccessToken(server.key, server.secret, { identity: "x", ttl: 60 });
    token.addGrant({ roomJoin: true, room: "people" });
    const participant = new RoomServiceClient(server.http, undefined, undefined, { token: await token.toJwt() });
    assert.equal(await codeOf(participant.listParticipants("people")), "unauthenticated");
  });

  it("does not take an admin of one room for one of another", async () => {
    const token = new AccessToken(server.key, server.secret, { ttl: 60 });
    token.addGrant({ roomAdmin: true, room: "here" });
    const admin = new RoomServiceClient(server.http, undefined, undefined, { token: await token.toJwt() });
    assert.equal(await codeOf(admin.listParticipants("there")), "unauthenticated");
  });
});
