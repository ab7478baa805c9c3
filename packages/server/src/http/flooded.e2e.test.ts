import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { WebSocket, WebSocketServer } from "ws";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24250;

/** In a thread of its own: a stranger who asks as many as may be open, time and again. Says so once they are refused. */
const stranger = `
  const { connect } = require("node:net");
  const eight = "GET /api/house HTTP/1.1\\r\\nhost: localhost:${PORT}\\r\\n\\r\\n".repeat(8);
  const come = () => {
    const socket = connect(${PORT}, "localhost", () => socket.write(eight));
    let answers = 0;
    socket.on("data", (data) => {
      const text = String(data);
      if (text.includes("HTTP/1.1 429")) require("node:worker_threads").parentPort.postMessage("refused");
      answers += text.split("HTTP/1.1 ").length - 1;
      if (answers % 8 === 0) socket.write(eight);
    });
    socket.on("error", () => {}).on("close", () => setTimeout(come, 50));
  };
  for (let i = 0; i < 150; i++) come();
`;

test("a stranger who floods the house shuts nobody of the same address out who has a session", async (t) => {
  const mediaServer = createServer((_request, response) => response.writeHead(404).end());
  new WebSocketServer({ server: mediaServer });
  await new Promise<void>((resolve) => mediaServer.listen(PORT + 2, "127.0.0.1", resolve));
  t.after(() => {
    mediaServer.closeAllConnections();
    mediaServer.close();
  });
  let worker: Worker | undefined;
  // Before the house: one that is closed has no store to answer from.
  t.after(() => worker?.terminate());
  const house = await houseFor(t, testSettings(PORT));
  const clerk = await setUp(house);
  const { links } = await planMeeting(clerk);
  const visitor = new Visitor(house.url);
  const seat = await visitor.redeem(links[0]!.link);
  worker = new Worker(stranger, { eval: true });
  await once(worker, "message");

  for (let i = 0; i < 5; i++) assert.equal((await visitor.get(`/api/seats/${seat}`)).status, 200);
  assert.equal((await clerk.get("/api/office")).status, 200);
  const line = await visitor.open(`/api/seats/${seat}/socket`);
  await line.welcome();
  const ticket = await line.ticket();
  const media = new WebSocket(`${house.url.replace(/^http/, "ws")}/rtc?access_token=${ticket.token}`, {
    origin: house.url,
  });
  t.after(() => media.terminate());
  await new Promise((resolve, reject) => media.once("open", resolve).once("error", reject));
});
