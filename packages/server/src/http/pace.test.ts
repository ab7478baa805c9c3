import assert from "node:assert/strict";
import { test } from "node:test";
import Fastify from "fastify";
import { Budgets } from "./budgets.ts";
import { paceRequests } from "./pace.ts";

test("a network that asks too often is answered late, then refused; others are not", async (t) => {
  const app = Fastify({ trustProxy: true });
  t.after(() => app.close());
  const waits: number[] = [];
  paceRequests(app, new Budgets({ burst: 3, perSecond: 1 }, () => 0), async (ms) => waits.push(ms));
  app.get("/", async () => "here");
  const ask = async (ip: string) => (await app.inject({ url: "/", headers: { "x-forwarded-for": ip } })).statusCode;
  for (let i = 0; i < 3; i++) assert.equal(await ask("192.0.2.1"), 200);
  assert.deepEqual(waits, []);
  assert.deepEqual([await ask("192.0.2.1"), await ask("192.0.2.1")], [200, 200]);
  assert.deepEqual(waits, [1_000, 2_000]);
  assert.equal(await ask("192.0.2.1"), 429);
  assert.deepEqual(waits, [1_000, 2_000, 2_000], "nobody waits for longer");
  assert.equal(await ask("198.51.100.1"), 200);
  assert.equal(waits.length, 3);
});
