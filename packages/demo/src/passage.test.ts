import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { WebSocket, WebSocketServer } from "ws";
import { openPassage } from "./passage.ts";

test("what comes by the passage stands before the chamber's door with its host, its origin and its ticket", async (t) => {
  const chamber = createServer().listen(0, "127.0.0.1");
  const sockets = new WebSocketServer({ server: chamber });
  await once(chamber, "listening");
  t.after(() => chamber.close());
  t.after(() => sockets.close());
  const address = chamber.address();
  assert.ok(address !== null && typeof address === "object");
  const host = `127.0.0.1:${address.port}`;
  const passage = await openPassage(`http://${host}`);
  const arrived = once(sockets, "connection");
  const socket = new WebSocket(`${passage}/rtc/v1?join_request=x`, {
    headers: { authorization: "Bearer ticket", origin: "http://elsewhere.example" },
  });
  const [inner, request]: [WebSocket, IncomingMessage] = await arrived.then(([one, other]) => [one, other]);
  assert.equal(request.url, "/rtc/v1?join_request=x");
  assert.deepEqual([request.headers.host, request.headers.origin], [host, `http://${host}`]);
  assert.equal(request.headers.authorization, "Bearer ticket");
  inner.on("message", (data) => inner.send(`heard ${data}`));
  if (socket.readyState !== WebSocket.OPEN) await once(socket, "open");
  socket.send("hello");
  assert.equal(String((await once(socket, "message"))[0]), "heard hello");
  const gone = once(inner, "close");
  socket.terminate();
  await gone;
});

test("the passage leads to media alone: no socket that goes by a cookie is reached with an Origin given to it", async (t) => {
  const chamber = createServer().listen(0, "127.0.0.1");
  await once(chamber, "listening");
  t.after(() => chamber.close());
  const arrived: string[] = [];
  chamber.on("upgrade", ({ url = "" }, socket) => {
    arrived.push(url);
    socket.destroy();
  });
  const address = chamber.address();
  assert.ok(address !== null && typeof address === "object");
  const passage = await openPassage(`http://127.0.0.1:${address.port}`);
  for (const path of ["/api/seats/seatanna1/socket", "/rtc/../api/office", "/rtcx", "//rtc", "/rtc?a=1"]) {
    const raw = connect({ host: "127.0.0.1", port: Number(new URL(passage).port) });
    raw.on("error", () => undefined).resume();
    raw.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`);
    await once(raw, "close");
  }
  assert.deepEqual(arrived, ["/rtc?a=1"]);
});
