import assert from "node:assert/strict";
import { test } from "node:test";
import { Spare } from "./spare.ts";

const options = { args: ["-e", "setInterval(() => {}, 1000)"], env: process.env, cwd: import.meta.dirname, output: 2 };

test("a spare is not made ready at once: those who come back have the processor first", () => {
  const spare = new Spare(options);
  spare.keep();
  const taken = spare.take(undefined);
  taken?.kill();
  assert.equal(taken, null);
  assert.equal(spare.stop(), null);
});
