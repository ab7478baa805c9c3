import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import Fastify from "fastify";
import { Known } from "./known.ts";
import { paceRequests } from "./pace.ts";

const PORT = 24120;

test("a network that asks too often is answered late, then refused; others are not, nor whoever has a session", async (t) => {
  const app = Fastify({ trustProxy: true });
  t.after(() => app.close());
  const waits: number[] = [];
  const known = new Known({ lives: async (session) => session === "living" });
  paceRequests(app, {
    known,
    sessionOf: async ({ headers }) => String(headers.session),
    host: "localhost:80",
    rate: { burst: 3, perSecond: 1 },
    now: () => 0,
    wait: async (ms) => waits.push(ms),
  });
  app.get("/", async () => "here");
  const ask = async (ip: string, more: Record<string, string> = {}) =>
    (await app.inject({ url: "/", headers: { "x-forwarded-for": ip, ...more } })).statusCode;
  for (let i = 0; i < 9; i++) await ask("192.0.2.1", { host: "elsewhere.example" });
  waits.length = 0;
  for (let i = 0; i < 3; i++) assert.equal(await ask("192.0.2.1"), 200);
  assert.deepEqual(waits, []);
  assert.deepEqual([await ask("192.0.2.1"), await ask("192.0.2.1")], [200, 200]);
  assert.deepEqual(waits, [1_000, 2_000]);
  assert.equal(await ask("192.0.2.1"), 429);
  assert.deepEqual(waits, [1_000, 2_000, 2_000], "nobody waits for longer");
  assert.equal(await ask("198.51.100.1"), 200);
  assert.equal(waits.length, 3);
  assert.equal(await ask("192.0.2.1", { session: "made up" }), 429);
  for (let i = 0; i < 60; i++) assert.equal(await ask("192.0.2.1", { session: "living" }), 200);
  assert.equal(waits.length, 4);
  assert.equal(await ask("192.0.2.1", { session: "living" }), 429, "its own has an end, too");
});

test("of whoever has gone when their turn comes nothing is done", async (t) => {
  const app = Fastify();
  t.after(() => app.close());
  const waiting = Promise.withResolvers<void>();
  const turn = Promise.withResolvers<void>();
  paceRequests(app, {
    known: new Known({ lives: async () => false }),
    sessionOf: async () => undefined,
    host: "localhost",
    rate: { burst: 1, perSecond: 1 },
    now: () => 0,
    wait: () => {
      waiting.resolve();
      return turn.promise;
    },
  });
  const done: string[] = [];
  app.get("/:name", async ({ url }) => {
    done.push(url);
    return "here";
  });
  await app.listen({ port: PORT, host: "localhost" });
  const seen = Promise.withResolvers<Socket>();
  app.server.once("connection", seen.resolve);
  const client = connect(PORT, "localhost").on("error", () => undefined);
  t.after(() => client.destroy());
  for (const name of ["first", "second"]) client.write(`GET /${name} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
  await waiting.promise;
  const socket = await seen.promise;
  const gone = new Promise((resolve) => socket.once("close", resolve));
  client.destroy();
  await gone;
  turn.resolve();
  await app.close();
  assert.deepEqual(done, ["/first"]);
});
