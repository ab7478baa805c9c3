import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { after, describe, it } from "node:test";
import { WebhookEvent } from "@livekit/protocol";
import { WebhookReceiver } from "livekit-server-sdk";
import { until } from "../../contract/kit/wait.ts";
import { createLog } from "../base/log.ts";
import { Delivery, type DeliveryLimits } from "./delivery.ts";

const key = { key: "raadhuis", secret: "a secret of at least thirty-two characters" };
const receiver = new WebhookReceiver(key.key, key.secret);
const stops: (() => unknown)[] = [];

interface Heard {
  event: WebhookEvent;
  at: number;
}

/** A real receiver: answers as told, and keeps what was signed well. `null`: never answers. */
async function receiving(answer: (heard: Heard[], event: WebhookEvent) => number | null) {
  const heard: Heard[] = [];
  const seen: string[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    seen.push(`${request.method} ${request.url} ${request.headers["content-type"]}`);
    const event = await receiver.receive(Buffer.concat(chunks).toString(), request.headers.authorization);
    const status = answer(heard, event);
    heard.push({ event, at: performance.now() });
    if (status !== null) response.writeHead(status, { location: "/elsewhere" }).end("ignored");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { heard, seen, url: `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}/hook` };
}

const delivering = (url: string, limits: Partial<DeliveryLimits> = {}) =>
  new Delivery(url, key, createLog("silent"), { pausesMs: [20, 60, 180], ...limits });
const event = (id: string) => new WebhookEvent({ event: "room_started", id });
const idsOf = (heard: Heard[]) => heard.map(({ event }) => event.id);

describe("a webhook's delivery", { timeout: 20_000 }, () => {
  after(() => {
    for (const stop of stops) stop();
  });

  it("is signed, and says that it is one", async () => {
    const { heard, seen, url } = await receiving(() => 200);
    delivering(url).send("room", event("1"));
    await until("the event", () => heard.length === 1);
    assert.deepEqual(seen, ["POST /hook application/webhook+json"]);
  });

  it("is tried again with growing pauses, and what comes after it waits", async () => {
    const { heard, url } = await receiving((before) => (before.length < 3 ? 503 : 200));
    const delivery = delivering(url);
    for (const id of ["1", "2", "3"]) delivery.send("room", event(id));
    await until("all of it", () => heard.length === 6);
    assert.deepEqual(idsOf(heard), ["1", "1", "1", "1", "2", "3"]);
    const pauses = heard.slice(1, 4).map(({ at }, index) => at - (heard[index]?.at ?? 0));
    // Timers may be late, never early (but for their rounding).
    assert.deepEqual(
      pauses.map((pause, index) => pause >= ([20, 60, 180][index] ?? 0) - 2),
      [true, true, true],
    );
  });

  it("waits in no other room's queue", async () => {
    const { heard, url } = await receiving((_, { id }) => (id === "stuck" ? null : 200));
    const delivery = delivering(url);
    delivery.send("one", event("stuck"));
    delivery.send("one", event("behind it"));
    delivery.send("two", event("free"));
    await until("the other room's", () => idsOf(heard).includes("free"));
    assert.ok(!idsOf(heard).includes("behind it"));
  });

  it("gives up what is refused for good, and follows no redirect", async () => {
    const { heard, seen, url } = await receiving((_, { id }) => (id === "bad" ? 400 : id === "moved" ? 307 : 200));
    const delivery = delivering(url);
    for (const id of ["bad", "moved", "good"]) delivery.send("room", event(id));
    await until("the last", () => idsOf(heard).includes("good"));
    assert.deepEqual(idsOf(heard), ["bad", "moved", "good"]);
    assert.ok(seen.every((line) => line.includes(" /hook ")));
    assert.equal(heard[2]?.event.numDropped, 2);
  });

  it("is not tried for ever where nobody listens, nor where nobody answers", async () => {
    const { heard, url } = await receiving((before) => (before.length === 0 ? null : 200));
    const silent = delivering(url, { answerMs: 50, giveUpMs: 10 });
    silent.send("room", event("unanswered"));
    silent.send("room", event("after it"));
    await until("the second", () => idsOf(heard).includes("after it"));
    assert.deepEqual(idsOf(heard), ["unanswered", "after it"]);
  });

  it("drops what is too much, and says how much that was", async () => {
    const { heard, url } = await receiving(() => 200);
    const delivery = delivering(url, { perRoom: 3, inAll: 4 });
    for (const id of ["1", "2", "3", "4", "5"]) delivery.send("room", event(id));
    for (const id of ["6", "7"]) delivery.send("other", event(id));
    await until("what was kept", () => ["1", "2", "3", "6"].every((id) => idsOf(heard).includes(id)));
    assert.deepEqual([...new Set(idsOf(heard))].toSorted(), ["1", "2", "3", "6"]);
    // Told once, with the first that is taken after it; the one on its way had left before.
    assert.deepEqual(
      heard.filter(({ event: { numDropped } }) => numDropped > 0).map(({ event: { numDropped } }) => numDropped),
      [2],
    );
  });
});
