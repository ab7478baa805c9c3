import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { CurrentFiles } from "./current.ts";

test("of many files that are put at once and cannot be written each is tried once, and then after a pause", async (t) => {
  const files = new CurrentFiles(pino({ level: "silent" }));
  t.after(() => files.stop());
  let tries = 0;
  for (let nth = 0; nth < 50; nth++)
    files.put(`/nowhere/${nth}`, async () => {
      tries++;
      throw new Error("There is no room.");
    });
  await files.settled();
  assert.equal(tries, 50);
});
