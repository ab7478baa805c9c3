import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as settled } from "node:timers/promises";
import { pino } from "pino";
import { testSettings } from "../testing/house.ts";
import { makeApp } from "./app.ts";
import { Known } from "./known.ts";
import { Sparing } from "./sparing.ts";

test("of lines that anybody can cause a hundred are written at once, and then one a second with how many were not", () => {
  let now = 0;
  const sparing = new Sparing(() => now);
  const said: unknown[] = [];
  for (let i = 0; i < 1_000; i++) sparing.say((more) => said.push(more));
  assert.equal(said.length, 100);
  now += 1_000;
  for (let i = 0; i < 10; i++) sparing.say((more) => said.push(more));
  assert.deepEqual(said.slice(100), [{ unsaid: 900 }]);
});

test("whoever finds an address that breaks fills no disk with it", async (t) => {
  const said: Record<string, unknown>[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void said.push(JSON.parse(line)) });
  const known = new Known({ lives: async () => false });
  const app = await makeApp({ settings: testSettings(24270), log, known });
  t.after(() => app.close());
  app.get("/broken", async () => {
    throw new TypeError("broken");
  });
  for (let i = 0; i < 300; i++) await app.inject({ url: "/broken", headers: { host: "localhost:24270" } });
  await settled();
  for (const msg of ["a request failed", "answered"]) {
    const lines = said.filter((line) => line.msg === msg).length;
    assert.ok(lines >= 100 && lines < 200, `${msg}: ${lines}`);
  }
});
