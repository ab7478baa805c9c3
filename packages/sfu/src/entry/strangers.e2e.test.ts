import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { after, before, describe, it } from "node:test";
import { type ServerUnderTest, serverUnderTest } from "../../contract/kit/server.ts";
import { addressOf, Signaller } from "../../contract/kit/signaller.ts";
import { until } from "../../contract/kit/wait.ts";

/** Sockets of people without a ticket: of each kind so many. */
const count = 100;
const kinds: Record<string, string> = {
  silent: "",
  slow: "GET /rtc/v1?join_request= HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ",
  refused:
    "GET /rtc/v1?access_token=none HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: Upgrade\r\nupgrade: websocket\r\n" +
    "sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
};

describe("sockets of people without a ticket", { timeout: 120_000 }, () => {
  let server: ServerUnderTest;
  const sockets: Socket[] = [];
  let drip: NodeJS.Timeout;
  before(async () => {
    server = await serverUnderTest();
  });
  after(async () => {
    clearInterval(drip);
    for (const socket of sockets) socket.destroy();
    await server.stop();
  });
  const files = () => readdirSync(`/proc/${server.pid}/fd`).length;

  it("keep nobody with a ticket out, and are closed though they keep their side open", async () => {
    const before = files();
    for (const begun of Object.values(kinds))
      for (let n = 0; n < count; n++) {
        const socket = connect({ port: Number(new URL(server.http).port), host: "127.0.0.1", allowHalfOpen: true });
        socket.on("error", () => {});
        socket.resume();
        socket.write(begun);
        sockets.push(socket);
      }
    const slow = sockets.slice(count, 2 * count);
    drip = setInterval(() => {
      for (const socket of slow) if (socket.writable) socket.write("x");
    }, 500);
    await until("they are there", () => files() >= before + count);
    const anna = new Signaller(addressOf(server.url, await server.ticket("anna", { room: "town" })));
    const bert = new Signaller(addressOf(server.url, await server.ticket("bert", { room: "town" }), { path: "/rtc" }));
    const { participant } = await anna.hears("join");
    assert.equal(participant?.identity, "anna");
    await bert.hears("join");
    for (const { socket } of [anna, bert]) socket.close();
    await until("they are closed", () => files() <= before + 5, 60_000);
    assert.equal(server.ended(), null);
  });
});
