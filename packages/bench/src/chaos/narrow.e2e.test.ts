import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { until } from "@raadhuis/tests/lib/wait.ts";
import { type Call, type Callers, openCallers } from "./call.ts";
import { fair } from "./cases.ts";
import { type Engine, startRaadhuis } from "./engines.ts";

describe("a path that is too narrow for any picture", { timeout: 180_000 }, () => {
  let engine: Engine;
  let callers: Callers;
  let call: Call;
  before(async () => {
    engine = await startRaadhuis();
    callers = await openCallers({ speaks: false });
    call = await callers.call(engine, "narrow", 1);
  });
  after(async () => {
    await call?.end();
    await callers?.close();
    await engine?.stop();
  });

  it("carries sound alone, and its subscriber is told that the picture is paused", async () => {
    call.subscriber.set({ ...fair, down: { delay: 20, rate: { bits: 130_000, queue: 300 } } });
    await until("the picture is paused", async () => (await call.states()).at(-1) === "paused", 60_000);
    // What was in the queue then comes yet.
    const told = await call.received();
    const paused = await until("a second of sound", async () => {
      const now = await call.received();
      return now.samples - told.samples > 48_000 && now;
    });
    // Nothing but now and then padding, to see whether there is room again.
    const later = await until("two seconds of sound", async () => {
      const now = await call.received();
      return now.samples - paused.samples > 96_000 && now;
    });
    assert.equal(later.frames, paused.frames);
    const share = (later.concealed - paused.concealed) / (later.samples - paused.samples);
    assert.ok(share < 0.2, `${share} of the sound was made up`);
  });

  it("carries the picture again when it is wide again, and its subscriber is told", async () => {
    call.subscriber.set(fair);
    const { frames } = await call.received();
    await until("the picture goes on", async () => (await call.states()).at(-1) === "active", 60_000);
    await until("frames", async () => (await call.received()).frames > frames + 10, 20_000);
  });
});
