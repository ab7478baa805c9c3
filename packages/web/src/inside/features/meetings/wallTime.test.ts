import assert from "node:assert/strict";
import { test } from "node:test";
import { momentOf, nextHour } from "./wallTime.ts";

test("what is typed is a time of the body's, wherever the clerk sits", (t) => {
  const own = process.env.TZ;
  t.after(() => {
    if (own === undefined) delete process.env.TZ;
    else process.env.TZ = own;
  });
  for (const machine of ["America/New_York", "Europe/Amsterdam", "UTC"]) {
    process.env.TZ = machine;
    const once = (wall: string, zone: string, at: number) =>
      assert.deepEqual(momentOf(wall, zone), { kind: "once", at }, `${wall} ${zone}, typed in ${machine}`);
    once("2026-11-27T19:30", "Europe/Amsterdam", Date.UTC(2026, 10, 27, 18, 30));
    once("2026-07-03T19:30", "Europe/Amsterdam", Date.UTC(2026, 6, 3, 17, 30));
    once("2026-11-27T19:30", "America/New_York", Date.UTC(2026, 10, 28, 0, 30));
    once("2026-07-03T19:30", "America/Kralendijk", Date.UTC(2026, 6, 3, 23, 30));
    once("2026-03-29T02:30", "America/Kralendijk", Date.UTC(2026, 2, 29, 6, 30));
  }
});

test("a time that the clocks skip is none", () => {
  assert.deepEqual(momentOf("2026-03-29T02:30", "Europe/Amsterdam"), { kind: "never" });
  assert.deepEqual(momentOf("2026-03-29T02:00", "Europe/Amsterdam"), { kind: "never" });
  assert.equal(momentOf("2026-03-29T01:59", "Europe/Amsterdam").kind, "once");
  assert.equal(momentOf("2026-03-29T03:00", "Europe/Amsterdam").kind, "once");
  assert.deepEqual(momentOf("2026-03-08T02:30", "America/New_York"), { kind: "never" });
});

test("a time that comes twice is both of them", () => {
  assert.deepEqual(momentOf("2026-10-25T02:30", "Europe/Amsterdam"), {
    kind: "twice",
    first: Date.UTC(2026, 9, 25, 0, 30),
    second: Date.UTC(2026, 9, 25, 1, 30),
  });
  assert.equal(momentOf("2026-10-25T03:00", "Europe/Amsterdam").kind, "once");
});

test("what is not filled in, or no date, is nothing", () => {
  for (const wall of ["", "2026-13-01T10:00", "tomorrow", "12026-01-01T10:00"])
    assert.deepEqual(momentOf(wall, "Europe/Amsterdam"), { kind: "nothing" }, wall);
});

test("a new meeting is proposed for the next whole hour of the body's clock, as a date field takes it", () => {
  const now = Date.UTC(2026, 10, 23, 18, 20);
  assert.equal(nextHour(now, "Europe/Amsterdam"), "2026-11-23T20:00");
  assert.equal(nextHour(now, "America/Kralendijk"), "2026-11-23T15:00");
  assert.equal(nextHour(now, "Asia/Kolkata"), "2026-11-24T00:00");
  assert.equal(nextHour(Date.UTC(2026, 10, 23, 19, 0), "Europe/Amsterdam"), "2026-11-23T21:00");
  // The hour that is skipped is not proposed.
  assert.equal(nextHour(Date.UTC(2026, 2, 29, 0, 30), "Europe/Amsterdam"), "2026-03-29T03:00");
});
