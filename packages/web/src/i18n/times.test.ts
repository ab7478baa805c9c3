import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf, timesOf } from "./times.ts";

const winter = Date.UTC(2026, 10, 27, 18, 30);
const summer = Date.UTC(2026, 6, 3, 17, 30);
/** After New York has put its clocks forward, before Amsterdam does. */
const between = Date.UTC(2026, 2, 20, 18, 30);

test("times are the body's, whoever reads them, and the reader's own stand beside where they differ", () => {
  const cases: [zone: string, own: string, at: number, time: string, here: string | null][] = [
    ["Europe/Amsterdam", "Europe/Amsterdam", winter, "19:30", null],
    ["Europe/Amsterdam", "Europe/Amsterdam", summer, "19:30", null],
    ["Europe/Amsterdam", "Europe/Brussels", winter, "19:30", null],
    ["Europe/Amsterdam", "America/New_York", winter, "19:30", "13:30"],
    ["Europe/Amsterdam", "America/New_York", summer, "19:30", "13:30"],
    ["Europe/Amsterdam", "America/New_York", between, "19:30", "14:30"],
    ["Europe/Amsterdam", "Asia/Tokyo", winter, "19:30", "Saturday 03:30"],
    ["Europe/Amsterdam", "Europe/London", winter, "19:30", "18:30"],
    ["America/Kralendijk", "Europe/Amsterdam", winter, "14:30", "19:30"],
    ["America/Kralendijk", "Europe/Amsterdam", summer, "13:30", "19:30"],
    ["America/Kralendijk", "America/Curacao", summer, "13:30", null],
    ["Europe/London", "Africa/Abidjan", winter, "18:30", null],
    ["Europe/London", "Africa/Abidjan", summer, "18:30", "17:30"],
  ];
  for (const [zone, own, at, time, here] of cases) {
    const times = timesOf("en", zone, own);
    assert.deepEqual([times.time(at), times.here(at)], [time, here], `${zone} read in ${own}`);
  }
});

test("the day is the body's as well", () => {
  const lateThere = Date.UTC(2026, 10, 28, 2, 0);
  const bonaire = timesOf("nl", "America/Kralendijk", "Europe/Amsterdam");
  assert.equal(bonaire.day(lateThere), "vrijdag 27 november 2026");
  assert.equal(bonaire.date(lateThere), "2026-11-27");
  assert.equal(bonaire.here(lateThere), "zaterdag 03:00");
});

test("in the nights when the clocks change, both half past twos are told apart by whoever is elsewhere", () => {
  const { time, here } = timesOf("en", "Europe/Amsterdam", "America/Kralendijk");
  const [first, second] = [Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)];
  assert.deepEqual([time(first), time(second)], ["02:30", "02:30"]);
  assert.deepEqual([here(first), here(second)], ["Saturday 20:30", "Saturday 21:30"]);
  const [before, after] = [Date.UTC(2026, 2, 29, 0, 59), Date.UTC(2026, 2, 29, 1, 0)];
  assert.deepEqual([time(before), time(after)], ["01:59", "03:00"]);
});

test("a zone is called by its place, and one that a browser does not know is UTC and says so", () => {
  assert.deepEqual(
    ["America/Kralendijk", "America/Port_of_Spain", "America/Argentina/Buenos_Aires", "UTC"].map(placeOf),
    ["Kralendijk", "Port of Spain", "Buenos Aires", "UTC"],
  );
  const { place, time } = timesOf("en", "Europe/Lindervoort", "Europe/Amsterdam");
  assert.deepEqual([place, time(winter)], ["UTC", "18:30"]);
});
