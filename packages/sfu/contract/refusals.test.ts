import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { AccessToken, type VideoGrant } from "livekit-server-sdk";
import { patience, roomForAll } from "./kit/room.ts";

const text = (bytes: number) => "m".repeat(bytes);
const nobody = { room: "here", identity: "nobody" };
const ofHere: VideoGrant = { roomAdmin: true, room: "here" };
const ofNever: VideoGrant = { roomAdmin: true, room: "never" };
const creator: VideoGrant = { roomCreate: true };
/** LiveKit asks the engine that should have it, and says that nobody answers. */
const missing = { ours: "not_found", livekit: "unavailable" };
const toSelf: VideoGrant = { ...ofHere, destinationRoom: "here" };
const toOther: VideoGrant = { ...ofHere, destinationRoom: "there" };

/** Call, ticket, request, and the code that it is refused with; where the engines differ, each one's. */
const refusals: [string, VideoGrant | null, object, string | { ours: string; livekit: string }][] = [
  ["CreateRoom", null, { name: "here" }, "unauthenticated"],
  ["CreateRoom", { roomJoin: true, room: "here" }, { name: "here" }, "unauthenticated"],
  ["CreateRoom", creator, { name: text(257) }, "invalid_argument"],
  ["CreateRoom", creator, { name: "é".repeat(129) }, "invalid_argument"],
  ["CreateRoom", creator, { name: "here", metadata: text(512 * 1024 + 1) }, "invalid_argument"],
  ["CreateRoom", creator, { name: "preset", roomPreset: "nowhere" }, "invalid_argument"],
  ["CreateRoom", creator, { name: 5 }, "malformed"],
  ["ListRooms", creator, {}, "unauthenticated"],
  ["DeleteRoom", ofHere, { room: "here" }, "unauthenticated"],
  ["DeleteRoom", creator, { room: "never" }, "not_found"],
  ["ListParticipants", ofNever, { room: "here" }, "unauthenticated"],
  ["GetParticipant", ofHere, nobody, "not_found"],
  ["GetParticipant", ofNever, nobody, "unauthenticated"],
  ["GetParticipant", ofNever, { ...nobody, room: "never" }, "not_found"],
  ["RemoveParticipant", ofHere, nobody, "not_found"],
  ["RemoveParticipant", ofNever, nobody, "unauthenticated"],
  ["MutePublishedTrack", ofHere, { ...nobody, trackSid: "TR_x", muted: true }, missing],
  ["MutePublishedTrack", ofNever, { ...nobody, trackSid: "TR_x", muted: true }, "unauthenticated"],
  ["UpdateParticipant", ofHere, nobody, "not_found"],
  ["UpdateParticipant", ofNever, nobody, "unauthenticated"],
  ["UpdateParticipant", ofHere, { ...nobody, name: text(257) }, "invalid_argument"],
  ["UpdateParticipant", ofHere, { ...nobody, metadata: text(512 * 1024 + 1) }, "invalid_argument"],
  ["UpdateParticipant", ofHere, { ...nobody, attributes: { a: text(64 * 1024) } }, "invalid_argument"],
  ["UpdateSubscriptions", ofHere, { ...nobody, trackSids: ["TR_x"], subscribe: true }, missing],
  ["UpdateSubscriptions", ofNever, { ...nobody, subscribe: true }, "unauthenticated"],
  ["UpdateRoomMetadata", ofNever, { room: "here", metadata: "x" }, "unauthenticated"],
  ["UpdateRoomMetadata", ofNever, { room: "never", metadata: "x" }, "not_found"],
  ["UpdateRoomMetadata", ofHere, { room: "here", metadata: text(512 * 1024 + 1) }, "invalid_argument"],
  ["SendData", ofNever, { room: "here", data: "aGk=" }, "unauthenticated"],
  ["SendData", ofHere, { room: "here", data: "aGk=", nonce: "aGk=" }, "invalid_argument"],
  ["SendData", ofHere, { room: "here", data: "!!" }, "malformed"],
  ["SendData", ofNever, { room: "never", data: "aGk=" }, missing],
  ["PerformRpc", ofNever, { room: "here", destinationIdentity: "nobody" }, "unauthenticated"],
  ["PerformRpc", ofHere, { room: "here" }, "invalid_argument"],
  ["PerformRpc", ofHere, { room: "here", destinationIdentity: "nobody", method: "m" }, missing],
  ["ForwardParticipant", ofHere, { ...nobody, destinationRoom: "there" }, "unauthenticated"],
  ["ForwardParticipant", toSelf, { ...nobody, destinationRoom: "here" }, "invalid_argument"],
  ["ForwardParticipant", toOther, { ...nobody, destinationRoom: "there" }, { ...missing, ours: "unimplemented" }],
  ["MoveParticipant", ofHere, { ...nobody, destinationRoom: "there" }, "unauthenticated"],
  ["MoveParticipant", toSelf, { ...nobody, destinationRoom: "here" }, "invalid_argument"],
  ["MoveParticipant", toOther, { ...nobody, destinationRoom: "there" }, { ...missing, ours: "unimplemented" }],
  ["NoSuchCall", ofHere, {}, "bad_route"],
  // Safer than LiveKit: there a room without a name is one, and a ticket of no room is its administrator's.
  ["CreateRoom", creator, { name: "" }, { ours: "invalid_argument", livekit: "none" }],
  ["ListParticipants", { roomAdmin: true }, {}, { ours: "unauthenticated", livekit: "none" }],
];

describe("the server API refuses as LiveKit does", patience, () => {
  const room = roomForAll("here");

  before(async () => {
    await room.api.createRoom({ name: room.name });
    room.atEnd(() => room.api.deleteRoom(room.name));
  });

  const bearer = async (grant: VideoGrant | null, secret = room.server.secret) => {
    const token = new AccessToken(room.server.key, secret, { identity: "x", ttl: 60 });
    if (grant) token.addGrant(grant);
    return `Bearer ${await token.toJwt()}`;
  };
  const post = (call: string, authorization: string, body: string, init: RequestInit = {}) =>
    fetch(`${room.server.http}/twirp/livekit.RoomService/${call}`, {
      method: "POST",
      body,
      ...init,
      headers: { "content-type": "application/json", authorization, ...init.headers },
    });
  const codeOf = async (response: Response) =>
    response.ok ? "none" : ((await response.json()) as { code: string }).code;

  it("by grant, name, size and what is there", async () => {
    const told = await Promise.all(
      refusals.map(async ([call, grant, body, code]) => {
        const heard = await codeOf(await post(call, await bearer(grant), JSON.stringify(body)));
        const expected = typeof code === "string" ? code : room.server.own ? code.ours : code.livekit;
        return { call: `${call} ${JSON.stringify(body).slice(0, 80)} by ${JSON.stringify(grant)}`, heard, expected };
      }),
    );
    assert.deepEqual(
      told.filter(({ heard, expected }) => heard !== expected),
      [],
    );
  });

  it("what is no request, and what is signed by somebody else", async () => {
    const ours = await bearer({ roomList: true });
    for (const [body, headers] of [
      ["{", {}],
      ["[]", {}],
      ["", {}],
      ["\xff\xff\xff", { "content-type": "application/protobuf" }],
    ] as const)
      assert.equal(await codeOf(await post("ListRooms", ours, body, { headers })), "malformed");
    assert.equal(
      await codeOf(await post("ListRooms", ours, "{}", { headers: { "content-type": "text/plain" } })),
      "bad_route",
    );
    assert.equal(await codeOf(await post("ListRooms", ours, "{}", { method: "PUT" })), "bad_route");
    const stranger = await bearer({ roomList: true }, "another secret altogether, long enough");
    for (const authorization of [stranger, "Bearer x.y.z", "Basic eDp5", "Bearer"])
      assert.equal((await post("ListRooms", authorization, "{}")).status, 401);
  });

  it("answers JSON in the words of the protocol, with what is empty too", async () => {
    const response = await post("ListRooms", await bearer({ roomList: true }), '{"names":["here"],"unknown":1}');
    const { rooms } = (await response.json()) as { rooms: Record<string, unknown>[] };
    assert.equal(rooms[0]?.empty_timeout, 300);
    assert.equal(rooms[0]?.num_participants, 0);
    assert.equal(rooms[0]?.active_recording, false);
  });
});
