import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import type { EgressStatus, ProgrammeOrder } from "@raadhuis/protocol/children";
import { listen } from "./http.ts";
import { MEETING, slateOrder } from "./testing/house.ts";
import { put } from "./testing/put.ts";

const status: EgressStatus = {
  state: "slate",
  behindMs: null,
  connected: false,
  framesPerSecond: 25,
  lagMs: 20,
  shown: "whole",
  recordedSeconds: 0,
};

async function listening(t: TestContext, secret: string, handshakeMs = 3_000) {
  const taken: ProgrammeOrder[] = [];
  const take = (order: ProgrammeOrder) => {
    taken.push(order);
    return status;
  };
  const { port, server } = await listen({ meeting: MEETING, secret, take, ready: () => true, handshakeMs });
  t.after(() => server.close());
  return { port, taken };
}

test("an order is taken from whoever holds the secret of this start, and health is told to them", async (t) => {
  const { port, taken } = await listening(t, "ours");
  const at = { port, secret: "ours" };
  const answer = await put(at, slateOrder());
  assert.deepEqual([answer.status, JSON.parse(answer.body)], [200, status]);
  assert.equal(taken.length, 1);
  assert.equal((await put(at, slateOrder({ meeting: "another1meeting" }))).status, 409);
  assert.equal((await put(at, { meeting: MEETING })).status, 400);
  for (const path of ["/healthz", "/readyz"]) assert.equal((await put(at, undefined, "GET", path)).status, 200);
});

test("an order of another egress's secret, or of none, is not heard", async (t) => {
  const { port, taken } = await listening(t, "ours");
  await assert.rejects(put({ port, secret: "another's" }, slateOrder()));
  const plain = connect(port, "127.0.0.1");
  plain.on("error", () => undefined);
  plain.write(
    "PUT /programme HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ours\r\ncontent-length: 2\r\n\r\n{}",
  );
  let said = "";
  for await (const part of plain) said += part;
  assert.doesNotMatch(said, /200/);
  assert.deepEqual(taken, []);
});

/** A connection that says nothing; what is given settles when it was closed. */
async function silent(t: TestContext, port: number) {
  const socket = connect(port, "127.0.0.1");
  t.after(() => socket.destroy());
  socket.on("error", () => undefined);
  const closed = once(socket, "close");
  await once(socket, "connect");
  return { closed };
}

test("whoever connects and says nothing is let go soon", { timeout: 20_000 }, async (t) => {
  const { port } = await listening(t, "ours", 100);
  await (await silent(t, port)).closed;
});

test("however many connect and say nothing, few are held, and orders come through", { timeout: 20_000 }, async (t) => {
  const { port } = await listening(t, "ours", 60_000);
  const others = [];
  for (let n = 0; n < 300; n++) others.push(await silent(t, port));
  await Promise.all(others.slice(0, 236).map(({ closed }) => closed));
  assert.equal((await put({ port, secret: "ours" }, slateOrder())).status, 200);
});
