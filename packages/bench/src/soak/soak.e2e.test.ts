import assert from "node:assert/strict";
import { it } from "node:test";
import { soakOf } from "./soak.ts";

/**
 * Loose: so early memory is still taken for the first time, and who left is remembered for a minute (some 4 kB). A connection
 * that is not freed leaves 300 kB; a participant in whom somebody still believes, 20 of JavaScript's.
 */
const may = { bytesPerVisit: 150_000, heapBytesPerVisit: 12_000, files: 4 };

it("300 who come and go leave no connection, no participant and no open file behind", {
  timeout: 240_000,
}, async () => {
  const { looks, growth } = await soakOf({
    visits: 500,
    warmUp: 200,
    window: 150,
    atOnce: 6,
    silentEvery: 0,
    may,
    log: console.log,
  });
  assert.ok(looks.length >= 2);
  assert.deepEqual(growth.problems, []);
});
