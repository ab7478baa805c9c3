import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { reply } from "../base/requests.ts";
import { refuseUpgrade } from "./httpBounds.ts";

test("a refusal that is for now says when to come again, to a request and to a socket; others do not", async (t) => {
  const statusOf = (url = "") => Number(url.slice(1));
  const server = createServer((request, response) => reply(response, statusOf(request.url), "no"));
  server.on("upgrade", (request, socket) => refuseUpgrade(socket, statusOf(request.url), "no"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const answerOf = async (status: number, upgrade: string) => {
    const socket = connect(port, "127.0.0.1");
    socket.write(`GET /${status} HTTP/1.1\r\nhost: localhost\r\n${upgrade}\r\n`);
    return text(socket);
  };
  for (const upgrade of ["connection: close\r\n", "connection: upgrade\r\nupgrade: websocket\r\n"]) {
    const busy = await answerOf(503, upgrade);
    assert.match(busy, /^HTTP\/1.1 503 /);
    assert.match(busy, /\r\nretry-after: 1\r\n/i);
    assert.doesNotMatch(await answerOf(401, upgrade), /retry-after/i);
  }
});
