import assert from "node:assert/strict";
import { test } from "node:test";
import { mayBeLive } from "./mayBeLive.ts";

const HOUR = 3600_000;
const now = 1_800_000_000_000;
const at = (meeting: string, hours: number) => ({ meeting, title: "", startsAt: now + hours * HOUR });

test("a meeting is asked after from hours before its time until late the next day", () => {
  const meetings = [at("nextweek", 160), at("soon", 1), at("lastnight", -20), at("lastweek", -160), at("now", 0)];
  assert.deepEqual(mayBeLive(meetings, now), ["now", "soon", "lastnight"]);
});

test("however many there are, a few are asked after", () => {
  const meetings = Array.from({ length: 100 }, (_, n) => at(`m${n}`, n / 100));
  assert.equal(mayBeLive(meetings, now).length, 6);
});
