import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer, type Server } from "node:net";
import { type TestContext, test } from "node:test";
import { type EgressStatus, orderTls, type ProgrammeOrder } from "@raadhuis/protocol/children";
import { putOrder } from "./putOrder.ts";

const SECRET = "of this egress alone";
const status: EgressStatus = {
  state: "live",
  behindMs: 1,
  connected: true,
  framesPerSecond: 25,
  lagMs: 20,
  shown: "whole",
  recordedSeconds: 0,
};
const order: ProgrammeOrder = {
  ...{ meeting: "meeting1", version: 1, at: 0, body: "", title: "", startsAt: 0, zone: "Europe/Amsterdam" },
  ...{ locale: "nl", delayMs: 0, recording: true, item: null, agenda: [], people: {}, end: false, givenUp: false },
  scene: { kind: "live", epoch: 1, room: "meeting1-1", token: "the-ticket", focus: null },
};

async function portOf(t: TestContext, server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== "object" || address === null) throw new Error("It does not listen on a port.");
  return address.port;
}

/** As an egress of this secret answers. */
function egress(secret: string, answer: string) {
  const heard: string[] = [];
  const server = createHttpsServer(
    { ...orderTls, pskCallback: () => Buffer.from(secret) },
    async (request, response) => {
      let text = "";
      for await (const part of request) text += part;
      heard.push(text);
      response.end(answer);
    },
  );
  return { heard, server };
}

test("an order gets to the egress that holds the same secret, and its answer back", async (t) => {
  const { heard, server } = egress(SECRET, JSON.stringify(status));
  assert.deepEqual(await putOrder({ port: await portOf(t, server), secret: SECRET }, order), status);
  assert.deepEqual(heard, [JSON.stringify(order)]);
});

test("another egress at that port hears nothing, and its word does not count", async (t) => {
  const { heard, server } = egress("of another", JSON.stringify({ ...status, state: "finished" }));
  await assert.rejects(putOrder({ port: await portOf(t, server), secret: SECRET }, order));
  assert.deepEqual(heard, []);
});

test("whoever took the port of one that died learns neither ticket nor secret", async (t) => {
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (part) => {
      heard.push(part);
      socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}`);
    });
  });
  await assert.rejects(putOrder({ port: await portOf(t, server), secret: SECRET }, order));
  const text = Buffer.concat(heard).toString("latin1");
  assert.ok(text.length > 0);
  for (const word of [SECRET, "the-ticket", "meeting1"]) assert.ok(!text.includes(word), word);
});

test("an egress that says too much is not listened to", async (t) => {
  const { server } = egress(SECRET, " ".repeat(1024 * 1024));
  await assert.rejects(putOrder({ port: await portOf(t, server), secret: SECRET }, order), /too much/);
});
