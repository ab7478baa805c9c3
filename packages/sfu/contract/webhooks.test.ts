import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { after, before, describe, it } from "node:test";
import {
  ClientInfo_SDK,
  JoinRequest,
  ParticipantInfo_State,
  TrackSource,
  type WebhookEvent,
  WrappedJoinRequest,
} from "@livekit/protocol";
import { WebhookReceiver } from "livekit-server-sdk";
import { WebSocket } from "ws";
import { freePort, type ServerUnderTest, serverUnderTest } from "./kit/server.ts";
import { endSynthetics, Synthetic } from "./kit/synthetic.ts";
import { until } from "./kit/wait.ts";

const ourKey = { RAADHUIS_WEBHOOK_KEY: "hooks", RAADHUIS_WEBHOOK_SECRET: "a secret of at least thirty-two characters" };

/** Of a LiveKit server: it must have been told to post to CONTRACT_WEBHOOK_PORT on 127.0.0.1, signed with its key. */
const elsewhere = process.env.CONTRACT_URL !== undefined;
const skip =
  elsewhere && !process.env.CONTRACT_WEBHOOK_PORT
    ? "this engine's webhooks lead nowhere (CONTRACT_WEBHOOK_PORT)"
    : false;

describe("webhooks tell what happens in a room", { timeout: 600_000, skip }, () => {
  let server: ServerUnderTest;
  let receiver: Server;
  const heard: WebhookEvent[] = [];
  const refused = new Set<string>();

  before(async () => {
    const port = Number(process.env.CONTRACT_WEBHOOK_PORT ?? (await freePort()));
    server = await serverUnderTest({ ...ourKey, RAADHUIS_WEBHOOKS: `http://127.0.0.1:${port}/hook` });
    const webhooks = server.own
      ? new WebhookReceiver(ourKey.RAADHUIS_WEBHOOK_KEY, ourKey.RAADHUIS_WEBHOOK_SECRET)
      : new WebhookReceiver(server.key, server.secret);
    receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      assert.equal(request.headers["content-type"], "application/webhook+json");
      const event = await webhooks.receive(Buffer.concat(chunks).toString(), request.headers.authorization);
      // Each room's first event is not taken the first time.
      const room = event.room?.name ?? "";
      if (!refused.has(room)) {
        refused.add(room);
        response.writeHead(500).end();
        return;
      }
      heard.push(event);
      response.end();
    });
    receiver.listen(port, "127.0.0.1");
    await once(receiver, "listening");
  });
  after(async () => {
    await endSynthetics();
    await server.stop();
    receiver.closeAllConnections();
    receiver.close();
  });

  const of = (room: string) => heard.filter((event) => event.room?.name === room);
  const story = (room: string) =>
    of(room).map(({ event, participant }) => [event, participant?.identity].filter(Boolean).join(" "));
  const join = async (room: string, identity: string) => {
    const one = new Synthetic();
    await one.join(server.url, await server.ticket(identity, { room }, { name: `${identity}'s name` }));
    return one;
  };

  it("from beginning to end, in order, though the first is not taken at once", async () => {
    const room = "hooked";
    await server.api.createRoom({ name: room, metadata: "m" });
    const anna = await join(room, "anna");
    await until("anna is active", () => story(room).includes("participant_joined anna"));
    const sid = await anna.sing(440);
    await until("her track", () => story(room).includes("track_published anna"));
    await anna.leave();
    await until("anna is gone", () => story(room).includes("participant_left anna"));
    const bert = await join(room, "bert");
    await until("bert is active", () => story(room).includes("participant_joined bert"));
    await server.api.deleteRoom(room);
    await until("the end", () => story(room).includes("room_finished"));
    assert.deepEqual(story(room), [
      "room_started",
      "participant_joined anna",
      "track_published anna",
      "track_unpublished anna",
      "participant_left anna",
      "participant_joined bert",
      "participant_left bert",
      "room_finished",
    ]);
    await until("bert knows", () => bert.disconnected);

    const [started, joined, published, unpublished, left] = of(room);
    assert.deepEqual([started?.room?.metadata, started?.room?.emptyTimeout], ["m", 300]);
    assert.deepEqual(
      [joined?.participant?.name, joined?.participant?.state],
      ["anna's name", ParticipantInfo_State.ACTIVE],
    );
    for (const event of [published, unpublished]) {
      assert.deepEqual([event?.track?.sid, event?.track?.source], [sid, TrackSource.MICROPHONE]);
      // LiveKit names those whose track it is, and says no more of them.
      assert.equal(event?.participant?.name, "");
    }
    assert.equal(left?.participant?.state, ParticipantInfo_State.DISCONNECTED);
    // They ended before, and each was told of.
    assert.deepEqual(left?.participant?.tracks, []);
    assert.equal(new Set(of(room).map(({ id }) => id)).size, 8);
    const now = Date.now() / 1000;
    for (const { id, createdAt } of of(room)) {
      assert.match(id, /^EV_/);
      assert.ok(Math.abs(Number(createdAt) - now) < 600);
    }
  });

  it("also of somebody whose media never came to be", async () => {
    const room = "aborted";
    // A join without an offer: nothing follows it.
    const join = new JoinRequest({ clientInfo: { sdk: ClientInfo_SDK.JS, protocol: 16 } });
    const query = new URLSearchParams({
      access_token: await server.ticket("anna", { room }),
      join_request: Buffer.from(new WrappedJoinRequest({ joinRequest: join.toBinary() }).toBinary()).toString("base64"),
    });
    const socket = new WebSocket(`${server.url}/rtc/v1?${query}`);
    await once(socket, "message");
    await until("anna is there", async () => (await server.api.listParticipants(room)).length === 1);
    await server.api.removeParticipant(room, "anna");
    await until("it is told", () => story(room).includes("participant_connection_aborted anna"));
    assert.deepEqual(story(room), ["room_started", "participant_connection_aborted anna"]);
    socket.close();
  });
});
