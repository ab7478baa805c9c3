import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type TestContext, test } from "node:test";
import { route } from "@raadhuis/protocol/http";
import { WebSocketServer } from "ws";
import { z } from "zod";
import { askBy } from "../http/ask.ts";
import { orThrow } from "../http/result.ts";
import { Visit } from "./visit.ts";

const asks = (path: `/api/${string}`) =>
  route({ method: "GET", path, does: "", who: "anyone", answer: z.unknown(), refusals: [] });

/** A house that sets two cookies, refuses `/api/no`, and writes down who came. */
async function house(t: TestContext) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, reply) => {
    seen.push(request);
    if (request.url === "/api/no") reply.writeHead(403).end('{"code":"request.wrong-origin","message":"no"}');
    else reply.writeHead(200, { "set-cookie": ["a=1; Path=/api/seats/x; HttpOnly", "b=2; Path=/"] }).end("{}");
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (_socket, request) => seen.push(request));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });
  const address = server.address();
  assert.ok(address && typeof address === "object");
  return { visit: new Visit(`http://127.0.0.1:${address.port}`), seen };
}

test("a visit sends the exact Origin, keeps each cookie to its path, and tells a refusal's code", async (t) => {
  const { visit, seen } = await house(t);
  const ask = askBy(visit.send);
  for (const path of ["/api/house", "/api/seats/x", "/api/seats/xy"] as const) orThrow(await ask(asks(path), {}));
  assert.deepEqual(
    seen.map(({ headers }) => headers.cookie || undefined),
    [undefined, "a=1; b=2", "b=2"],
  );
  assert.ok(seen.every(({ headers }) => headers.origin === visit.origin));
  const refused = await ask(asks("/api/no"), {});
  assert.deepEqual([refused.ok, !refused.ok && refused.code], [false, "request.wrong-origin"]);
  assert.throws(() => orThrow(refused), { name: "Refused", code: "request.wrong-origin" });
});

test("a visit's sockets bring its Origin, and the cookies of their path", async (t) => {
  const { visit, seen } = await house(t);
  orThrow(await askBy(visit.send)(asks("/api/house"), {}));
  for (const path of ["/api/seats/x/socket", "/api/office/meetings/m/socket"]) await once(visit.socket(path), "open");
  assert.deepEqual(
    seen.slice(1).map(({ headers }) => [headers.origin, headers.cookie]),
    [
      [visit.origin, "a=1; b=2"],
      [visit.origin, "b=2"],
    ],
  );
});
