import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { after, before, describe, it } from "node:test";
import { ParticipantInfo_State, TrackSource, type WebhookEvent } from "@livekit/protocol";
import { WebhookReceiver } from "livekit-server-sdk";
import { patience, roomForEach } from "./kit/room.ts";
import { freePort } from "./kit/server.ts";
import { until } from "./kit/wait.ts";

/** Where they are posted to. Of a LiveKit server: it must have been told so, on 127.0.0.1, signed with its key. */
const port = Number(process.env.CONTRACT_WEBHOOK_PORT ?? (await freePort()));
const ourKey = "hooks";
const ourSecret = "a secret of at least thirty-two characters";
const environment = {
  RAADHUIS_WEBHOOKS: `http://127.0.0.1:${port}/hook`,
  RAADHUIS_WEBHOOK_KEY: ourKey,
  RAADHUIS_WEBHOOK_SECRET: ourSecret,
};

const elsewhere = process.env.CONTRACT_URL !== undefined;
const skip =
  elsewhere && !process.env.CONTRACT_WEBHOOK_PORT
    ? "this engine's webhooks lead nowhere (CONTRACT_WEBHOOK_PORT)"
    : false;

describe("webhooks tell what happens in a room", { ...patience, skip }, () => {
  const room = roomForEach("hooked", { environment });
  let receiver: Server;
  const heard: WebhookEvent[] = [];
  const refused = new Set<string>();

  before(async () => {
    const { own, key, secret } = room.server;
    const webhooks = own ? new WebhookReceiver(ourKey, ourSecret) : new WebhookReceiver(key, secret);
    receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      assert.equal(request.headers["content-type"], "application/webhook+json");
      const event = await webhooks.receive(Buffer.concat(chunks).toString(), request.headers.authorization);
      // Each room's first event is not taken the first time.
      const name = event.room?.name ?? "";
      if (!refused.has(name)) {
        refused.add(name);
        response.writeHead(500).end();
        return;
      }
      heard.push(event);
      response.end();
    });
    receiver.listen(port, "127.0.0.1");
    await once(receiver, "listening");
  });
  after(() => {
    receiver.closeAllConnections();
    receiver.close();
  });

  const told = () => heard.filter((event) => event.room?.name === room.name);
  const story = () => told().map(({ event, participant }) => [event, participant?.identity].filter(Boolean).join(" "));
  const join = (identity: string) => room.synthetic(identity, { name: `${identity}'s name` });

  it("from beginning to end, in order, though the first is not taken at once", async () => {
    await room.api.createRoom({ name: room.name, metadata: "m" });
    const anna = await join("anna");
    await until("anna is active", () => story().includes("participant_joined anna"));
    const sid = await anna.sing(440);
    await until("her track", () => story().includes("track_published anna"));
    await anna.leave();
    await until("anna is gone", () => story().includes("participant_left anna"));
    const bert = await join("bert");
    await until("bert is active", () => story().includes("participant_joined bert"));
    await room.api.deleteRoom(room.name);
    await until("the end", () => story().includes("room_finished"));
    assert.deepEqual(story(), [
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

    const [started, joined, published, unpublished, left] = told();
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
    assert.equal(new Set(told().map(({ id }) => id)).size, 8);
    const now = Date.now() / 1000;
    for (const { id, createdAt } of told()) {
      assert.match(id, /^EV_/);
      assert.ok(Math.abs(Number(createdAt) - now) < 600);
    }
  });

  it("also of somebody whose media never came to be", async () => {
    // A join without an offer: nothing follows it.
    await room.signaller("anna");
    await until("anna is there", async () => (await room.identities()).length === 1);
    await room.api.removeParticipant(room.name, "anna");
    await until("it is told", () => story().includes("participant_connection_aborted anna"));
    assert.deepEqual(story(), ["room_started", "participant_connection_aborted anna"]);
  });
});
