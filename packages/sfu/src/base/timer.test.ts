import assert from "node:assert/strict";
import { it } from "node:test";
import { timerMs } from "./timer.ts";

it("a timer has the time that was asked for, or the longest there is", () => {
  assert.equal(timerMs(300), 300_000);
  for (const seconds of [50 * 24 * 3600, 2 ** 32 - 1, Number.MAX_SAFE_INTEGER]) {
    const ms = timerMs(seconds);
    assert.ok(ms > 24 * 24 * 3600 * 1000 && ms < 2 ** 31);
  }
});
