import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { WebSocket, WebSocketServer } from "ws";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24230;
const MiB = 1024 * 1024;

test("media signalling that goes on and on is slowed, and then ended", async (t) => {
  // A media server that takes whatever comes.
  const mediaServer = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server: mediaServer });
  let arrived = 0;
  sockets.on("connection", (socket) => {
    socket.on("message", (data: Buffer) => {
      arrived += data.length;
    });
  });
  await new Promise<void>((resolve) => mediaServer.listen(PORT + 2, "127.0.0.1", resolve));
  t.after(() => mediaServer.close());
  t.after(() => sockets.close());

  const house = await houseFor(t, testSettings(PORT));
  const { links } = await planMeeting(await setUp(house));
  const chair = await new Visitor(house.url).sit(links[0]!.link);
  const ticket = await chair.ticket();
  const address = `${house.url.replace(/^http/, "ws")}/rtc?access_token=${ticket.token}`;
  const flooder = new WebSocket(address, { origin: house.url });
  t.after(() => flooder.terminate());
  const opened = Promise.withResolvers<void>();
  flooder.on("open", opened.resolve).on("error", opened.reject);
  await opened.promise;
  const closed = new Promise<void>((resolve) => flooder.on("close", () => resolve()));
  for (let sent = 0; sent < 128; sent++) flooder.send(Buffer.alloc(MiB));
  const late = setTimeout(() => assert.fail(`It is still open, and ${arrived} bytes went through.`), 45_000);
  await closed;
  clearTimeout(late);
  assert.ok(arrived >= 24 * MiB, `all that calls need goes through: ${arrived}`);
  assert.ok(arrived < 64 * MiB, `${arrived} bytes went through`);
});
