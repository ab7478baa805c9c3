import assert from "node:assert/strict";
import { test } from "node:test";
import { timesOf } from "../../../i18n/times.ts";
import { byDay, daysBetween } from "./days.ts";
import { reasonOf } from "./reasons.ts";
import { subjectOf, titleKey } from "./words.ts";

/** In Amsterdam's summer time. */
const at = (day: number, hour: number) => Date.UTC(2026, 9, day, hour - 2);
const { date } = timesOf("en", "Europe/Amsterdam");

test("entries stand under the day on which they last happened, in their order", () => {
  const entries = [at(25, 23), at(25, 0), at(24, 23)].map((last) => ({ last }));
  assert.deepEqual(
    byDay(entries, date).map(({ date, at, entries }) => [date, at, entries.length]),
    [
      ["2026-10-25", at(25, 23), 2],
      ["2026-10-24", at(24, 23), 1],
    ],
  );
});

test("yesterday is the day before by the calendar, also when the clocks change", () => {
  assert.equal(daysBetween(date(at(25, 1)), date(at(25, 23))), 0);
  assert.equal(daysBetween(date(at(24, 23)), date(at(25, 0))), 1);
  assert.equal(daysBetween(date(at(24, 0)), date(at(26, 23))), 2);
});

test("a wrong password and an unknown address are told apart; what is new gets the words of its refusal", () => {
  const result = "office.wrong-credentials";
  const clerk = { name: "Kim", email: "kim@example.org" };
  assert.equal(reasonOf({ result, clerk }), "office.wrong-credentials");
  assert.equal(reasonOf({ result, clerk: null }), "unknown-address");
  assert.equal(reasonOf({ result: "done", clerk }), null);
  assert.equal(reasonOf({ result: "house.failed", clerk: null }), null);
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
