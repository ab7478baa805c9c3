import assert from "node:assert/strict";
import { it } from "node:test";
import { soakOf } from "./soak.ts";

/**
 * Loose: so early memory is still taken for the first time (some 50 kB a visit), and who left is remembered for a minute (some 5 kB of
 * JavaScript's). A connection that is never stopped leaves 260 kB, 16 of them JavaScript's. What is smaller `npm run bench soak` finds.
 */
const may = { bytesPerVisit: 150_000, heapBytesPerVisit: 12_000, files: 4 };

it("300 who come and go leave no connection and no open file behind", {
  timeout: 900_000,
}, async () => {
  const { looks, growth } = await soakOf({
    visits: 450,
    warmUp: 150,
    window: 150,
    atOnce: 6,
    silentEvery: 0,
    may,
    log: console.log,
  });
  assert.equal(looks.length, 3);
  assert.deepEqual(growth.problems, []);
});
