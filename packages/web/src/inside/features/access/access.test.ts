import assert from "node:assert/strict";
import { test } from "node:test";
import { byDay, daysSince } from "./days.ts";
import { reasonKey, subjectOf, titleKey } from "./words.ts";

const at = (day: number, hour: number) => new Date(2026, 9, day, hour).getTime();

test("entries stand under the day on which they last happened, in their order", () => {
  const entries = [at(25, 23), at(25, 0), at(24, 23)].map((last) => ({ last }));
  assert.deepEqual(
    byDay(entries).map(({ at, entries }) => [at, entries.length]),
    [
      [at(25, 0), 2],
      [at(24, 0), 1],
    ],
  );
});

test("yesterday is the day before by the calendar, also when the clocks change", () => {
  assert.equal(daysSince(at(25, 1), at(25, 23)), 0);
  assert.equal(daysSince(at(24, 23), at(25, 0)), 1);
  assert.equal(daysSince(at(24, 0), at(26, 23)), 2);
});

test("a wrong password and an unknown address are told apart; what is new gets the words of its refusal", () => {
  const result = "office.wrong-credentials";
  const clerk = { name: "Kim", email: "kim@example.org" };
  assert.equal(reasonKey({ result, clerk })?.key, "access.why.office.wrong-credentials");
  assert.equal(reasonKey({ result, clerk: null })?.key, "access.why.unknown-address");
  assert.equal(reasonKey({ result: "done", clerk }), null);
  assert.deepEqual(reasonKey({ result: "house.failed", clerk: null })?.known, false);
  assert.equal(titleKey({ kind: "office.sign-in", result }), "access.office.sign-in.failed");
  assert.equal(titleKey({ kind: "seat.session-ended", result: "session.idle" }), "access.seat.session-ended.ended");
});

test("it is told by name whose account or seat it was", () => {
  const clerk = { name: "Kim", email: "kim@example.org" };
  assert.equal(subjectOf({ clerk, seat: null }, "-"), "Kim (kim@example.org)");
  const seat = { meeting: "m", title: "Raad", name: "Bram" };
  assert.equal(subjectOf({ clerk, seat }, "-"), "Kim (kim@example.org) · Bram, Raad");
  assert.equal(subjectOf({ clerk: null, seat: { ...seat, title: null, name: null } }, "Vergadering"), "Vergadering");
});
