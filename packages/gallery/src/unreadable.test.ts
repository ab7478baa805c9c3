import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { refuseUnreadable } from "./unreadable.ts";

test("whoever has asked nothing is told nothing when their connection ends; whoever began to ask is", async (t) => {
  const server = createServer({ headersTimeout: 100, connectionsCheckingInterval: 20 });
  server.on("clientError", (error, socket) => refuseUnreadable(error, socket, {}));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const answerTo = async (said: string) => {
    const socket = connect(port, "127.0.0.1");
    if (said !== "") socket.write(said);
    return (await text(socket)).split("\r\n")[0];
  };
  assert.deepEqual(await Promise.all([answerTo(""), answerTo("GET / HTT")]), ["", "HTTP/1.1 408 Request Timeout"]);
});
