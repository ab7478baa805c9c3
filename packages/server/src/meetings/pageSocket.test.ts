import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { CLOSE_TOO_MANY, UNANSWERED_PINGS } from "@raadhuis/protocol/socket";
import { WebSocket, WebSocketServer } from "ws";
import type { Spend } from "../http/allowance.ts";
import { makeLog } from "../log.ts";
import { PageSocket } from "./pageSocket.ts";

const generous: Spend = () => ({ waitMs: 0, over: false });
const beat = { type: "beat" as const, now: 0 };

/** The house's end and the page's end of one wire, and what the house's end was told. */
async function wire(t: TestContext, { spend = generous, autoPong = true } = {}) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  t.after(() => server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const page = new WebSocket(`ws://127.0.0.1:${port}`, { autoPong });
  t.after(() => page.terminate());
  const heard: string[] = [];
  page.on("message", (data) => heard.push(String(data)));
  const [socket, { socket: connection }]: [WebSocket, { socket: Socket }] = await new Promise((resolve) =>
    server.once("connection", (...both) => resolve(both)),
  );
  if (page.readyState !== page.OPEN) await once(page, "open");
  const told: string[] = [];
  const house = new PageSocket(socket, connection, {
    spend,
    log: makeLog("fatal"),
    onMessage: (data) => told.push(`message ${data}`),
    onClosing: () => told.push("closing"),
    onClosed: () => told.push("closed"),
  });
  return { house, page, socket, heard, told };
}

test("nothing is sent once the house has begun to close, and what was sent before arrives", async (t) => {
  const { house, page, heard, told } = await wire(t);
  house.send(beat);
  house.close(4403, "meeting.ended");
  house.send(beat);
  house.sendText(Buffer.from("{}"));
  const [code, reason] = await once(page, "close");
  assert.deepEqual([code, String(reason), heard], [4403, "meeting.ended", [JSON.stringify(beat)]]);
  assert.equal(told[0], "closing");
});

test("whoever does not answer the close holds the socket no longer than the last word takes", async (t) => {
  const { house, page, socket, told } = await wire(t);
  page.pause();
  const closed = once(socket, "close");
  house.close(4403, "meeting.ended", 50);
  assert.equal((await closed)[0], 1006);
  assert.deepEqual(told, ["closing", "closed"]);
});

test("whoever does not take in what they are sent is closed, once", async (t) => {
  const { house, page, told } = await wire(t);
  page.pause();
  const text = Buffer.alloc(1024 * 1024, " ");
  for (let sent = 0; told.length === 0 && sent < 200; sent++) house.sendText(text);
  house.sendText(text);
  assert.deepEqual(told, ["closing"]);
  page.resume();
  assert.equal((await once(page, "close"))[0], 4408);
});

test("whoever answers no ping is given up", async (t) => {
  const { house, socket, told } = await wire(t, { autoPong: false });
  for (let asked = 0; asked < UNANSWERED_PINGS; asked++) assert.equal(house.ping(), true);
  const closed = once(socket, "close");
  assert.equal(house.ping(), false);
  await closed;
  assert.deepEqual(told, ["closed"], "the house says no last word to somebody who is not there");
});

test("whoever is not read from for what they owe is not given up for it", async (t) => {
  const { house, socket } = await wire(t, { autoPong: false });
  socket.pause();
  for (let asked = 0; asked < 3 * UNANSWERED_PINGS; asked++) assert.equal(house.ping(), true);
  socket.resume();
  assert.equal(house.ping(), false);
});

test("a message that is not paid for is not passed on, and its sender is put out, told once", async (t) => {
  let messages = 0;
  const spend: Spend = (cost) => {
    messages += cost.messages ?? 0;
    return { waitMs: 0, over: messages > 2 };
  };
  const { page, told } = await wire(t, { spend });
  for (const word of ["one", "two", "three", "four"]) page.send(word);
  assert.equal((await once(page, "close"))[0], CLOSE_TOO_MANY);
  assert.deepEqual(told.slice(0, 3), ["message one", "message two", "closing"]);
  assert.ok(!told.slice(3).some((word) => word !== "closed"));
});
