import assert from "node:assert/strict";
import { test } from "node:test";
import { localInput, nextHour } from "./localTime.ts";

test("a new meeting is proposed for the next whole hour, as a date field takes it", () => {
  const at = nextHour(new Date(2026, 10, 23, 19, 20).getTime());
  assert.equal(localInput(at), "2026-11-23T20:00");
  assert.equal(new Date(localInput(at)).getTime(), at);
});
