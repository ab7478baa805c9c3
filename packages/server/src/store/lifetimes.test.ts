import assert from "node:assert/strict";
import { test } from "node:test";
import { endOf, type Lifetime } from "./lifetimes.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clerk: Lifetime = { kind: "clerk", madeAt: 0, usedAt: 0, expiresAt: 16 * HOUR, startsAt: null, endedAt: null };
const seat: Lifetime = { kind: "seat", madeAt: 0, usedAt: 0, expiresAt: 60 * DAY, startsAt: 90 * DAY, endedAt: null };

test("a clerk's session ends two hours after its last use, and after sixteen hours in any case", () => {
  assert.equal(endOf(clerk, 2 * HOUR - 1), undefined);
  assert.equal(endOf(clerk, 2 * HOUR), "session.idle");
  const used = { ...clerk, usedAt: 15 * HOUR };
  assert.equal(endOf(used, 16 * HOUR - 1), undefined);
  assert.equal(endOf(used, 16 * HOUR), "session.absolute");
});

test("a seat's session ends thirty days after its last use, and after sixty in any case", () => {
  assert.equal(endOf(seat, 30 * DAY - 1), undefined);
  assert.equal(endOf(seat, 30 * DAY), "session.idle");
  assert.equal(endOf({ ...seat, usedAt: 50 * DAY }, 60 * DAY), "session.absolute");
});

test("a seat's session ends a week after its meeting began, or after the link was opened when that was later", () => {
  const meeting = { ...seat, startsAt: 10 * DAY, usedAt: 17 * DAY };
  assert.equal(endOf(meeting, 17 * DAY - 1), undefined);
  assert.equal(endOf(meeting, 17 * DAY), "session.absolute");
  const again = { ...meeting, madeAt: 20 * DAY, usedAt: 20 * DAY, expiresAt: 80 * DAY };
  assert.equal(endOf(again, 20 * DAY), undefined);
  assert.equal(endOf(again, 27 * DAY), "session.absolute");
});

test("a seat's session ends twelve hours after its meeting ended; a link opened later still tells that it is over", () => {
  const over = { ...seat, startsAt: 10 * DAY, usedAt: 10 * DAY, endedAt: 10 * DAY + 3 * HOUR };
  assert.equal(endOf(over, 10 * DAY + 15 * HOUR - 1), undefined);
  assert.equal(endOf(over, 10 * DAY + 15 * HOUR), "session.meeting-ended");
  const late = { ...over, madeAt: 12 * DAY, usedAt: 12 * DAY };
  assert.equal(endOf(late, 12 * DAY + 12 * HOUR - 1), undefined);
  assert.equal(endOf(late, 12 * DAY + 12 * HOUR), "session.meeting-ended");
});
