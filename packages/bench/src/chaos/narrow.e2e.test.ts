import { after, before, describe, it } from "node:test";
import { until } from "@raadhuis/tests/lib/wait.ts";
import { type Call, type Callers, openCallers } from "./call.ts";
import { fair } from "./cases.ts";
import { type Engine, startRaadhuis } from "./engines.ts";

describe("a path that is too narrow for any picture", { timeout: 600_000 }, () => {
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
    await until("the picture is paused", async () => (await call.states()).at(-1) === "paused", 120_000);
    // What was in the queue then comes yet; afterwards nothing but padding, now and then, to see whether there is room.
    let before = await call.received();
    await until(
      "two seconds of sound and no picture",
      async () => {
        const now = await call.received();
        const samples = now.samples - before.samples;
        if (now.frames === before.frames && samples <= 96_000) return false;
        const share = (now.concealed - before.concealed) / samples;
        if (now.frames === before.frames && share < 0.2) return true;
        // A picture, or a machine too busy to play: from here again.
        before = now;
        return false;
      },
      120_000,
    );
  });

  it("carries the picture again when it is wide again, and its subscriber is told", async () => {
    call.subscriber.set(fair);
    const { frames } = await call.received();
    await until("the picture goes on", async () => (await call.states()).at(-1) === "active", 120_000);
    await until("frames", async () => (await call.received()).frames > frames + 10, 90_000);
  });
});
