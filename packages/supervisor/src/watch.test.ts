import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Watch } from "./watch.ts";

/** Beats of a watch over ourselves, who are held by nobody. */
function watched(context: TestContext) {
  context.mock.timers.enable({ apis: ["setInterval"] });
  const seen = { asked: 0, hangs: 0 };
  const watch = new Watch({ pid: process.pid, beatMs: 1000, ask: () => seen.asked++, hangs: () => seen.hangs++ });
  return {
    seen,
    watch,
    beat(times: number) {
      for (let beat = 0; beat < times; beat++) context.mock.timers.tick(1000);
    },
  };
}

test("it hangs when fifteen beats in succession had no answer, and that is said once", (context) => {
  const { seen, beat } = watched(context);
  beat(15);
  assert.deepEqual(seen, { asked: 15, hangs: 0 });
  beat(1);
  assert.equal(seen.hangs, 1);
  beat(100);
  assert.deepEqual(seen, { asked: 15, hangs: 1 });
});

test("whoever is late with every answer, but answers, does not hang", (context) => {
  const { seen, watch, beat } = watched(context);
  for (let answer = 0; answer < 20; answer++) {
    beat(14);
    watch.answered();
  }
  assert.equal(seen.hangs, 0);
});

test("whoever has ended is asked nothing", (context) => {
  const { seen, watch, beat } = watched(context);
  beat(1);
  watch.end();
  beat(100);
  assert.deepEqual(seen, { asked: 1, hangs: 0 });
});
