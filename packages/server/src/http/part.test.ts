import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { WebSocket } from "ws";
import { PartFailed } from "../parts/lives.ts";
import type { Part } from "../parts/part.ts";
import { ground } from "../testing/alone.ts";

const PORT = 24305;

test("by itself it listens and says that it is well, and nobody comes in any more when it has stopped", async (t) => {
  const { open } = await ground(t, PORT);
  const { parts, visitor } = await open();
  for (const path of ["/healthz", "/readyz"]) assert.equal((await visitor().get(path)).status, 200, path);
  await parts.stop();
  await assert.rejects(visitor().get("/healthz"), /fetch failed/);
});

test("nobody comes in by the door before all parts have started, nor while they stop", async (t) => {
  const { open } = await ground(t, PORT + 1);
  const tried: string[] = [];
  const tries = (what: string) => async () => {
    const { ok } = await fetch(`http://localhost:${PORT + 1}/healthz`).catch(() => ({ ok: false }));
    tried.push(`${what}: ${ok ? "in" : "out"}`);
  };
  const part: Part = { name: "inside", start: tries("starting"), stop: tries("stopping") };
  const { parts, visitor } = await open(part);
  assert.equal((await visitor().get("/healthz")).status, 200);
  await parts.stop();
  assert.deepEqual(tried, ["starting: out", "stopping: out"]);
});

test("a socket that is open is ended by its own part, and waited for", async (t) => {
  const { open } = await ground(t, PORT + 2);
  const ends: (() => void)[] = [];
  const inside: Part = {
    name: "inside",
    routes: (app) =>
      void app.get("/socket", { websocket: true, config: { socket: true, who: "anyone" } }, (socket) => {
        ends.push(() => socket.close(1001, "the server goes away"));
      }),
    stop: () => {
      for (const end of ends) end();
    },
  };
  const { parts } = await open(inside);
  const origin = `http://localhost:${PORT + 2}`;
  const socket = new WebSocket(`${origin.replace("http", "ws")}/socket`, { origin });
  await once(socket, "open");
  const closed = once(socket, "close");
  await parts.stop();
  assert.equal((await closed)[0], 1001);
});

test("a port that is taken is told as what the door could not do", async (t) => {
  const { open } = await ground(t, PORT + 3);
  const other = createServer().listen(PORT + 3, "localhost");
  await once(other, "listening");
  t.after(() => other.close());
  await assert.rejects(open(), (error) => {
    assert.ok(error instanceof PartFailed && error.cause instanceof Error && "code" in error.cause);
    assert.deepEqual([error.part, error.cause.code], ["door", "EADDRINUSE"]);
    return true;
  });
});
