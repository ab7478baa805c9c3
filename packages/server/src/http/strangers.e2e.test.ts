import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Signalling, startMediaServer } from "../testing/mediaserver.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24200;
/** Sockets of each kind. */
const COUNT = 100;

test("sockets without a ticket keep nobody out who has one, and are closed by the house", async (t) => {
  await startMediaServer(t, PORT);
  const house = await houseFor(t, testSettings(PORT));
  const { links } = await planMeeting(await setUp(house));
  const chair = await new Visitor(house.url).sit(links[0]!.link);

  const head = `host: localhost:${PORT}\r\n`;
  const upgrade = "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n";
  const kinds = {
    silent: "",
    slow: `GET /rtc HTTP/1.1\r\n${head}x-slow: `,
    refused: `GET /rtc/v1 HTTP/1.1\r\n${head}${upgrade}sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  };
  const sockets = Object.values(kinds).flatMap((begun) =>
    Array.from({ length: COUNT }, () => {
      const socket = connect({ port: PORT, host: "localhost", allowHalfOpen: true });
      const over = new Promise<void>((resolve) => {
        for (const event of ["end", "close"]) socket.once(event, () => resolve());
      });
      socket.on("error", () => {});
      socket.resume();
      socket.write(begun);
      return { socket, over };
    }),
  );
  t.after(() => sockets.forEach(({ socket }) => void socket.destroy()));
  const slow = sockets.slice(COUNT, 2 * COUNT);
  const drip = setInterval(() => {
    for (const { socket } of slow) if (socket.writable) socket.write("x");
  }, 500);
  t.after(() => clearInterval(drip));

  chair.say({ type: "ticket" });
  const ticket = await chair.ticket();
  const signalling = await Signalling.open(house.url, ticket.token);
  await signalling.next("join");
  signalling.socket.close();
  // Node's own patience is a minute and more.
  const late = setTimeout(() => assert.fail("Some are still open."), 50_000);
  await Promise.all(sockets.map(({ over }) => over));
  clearTimeout(late);
  assert.equal((await new Visitor(house.url).get("/api/house")).status, 200);
});
