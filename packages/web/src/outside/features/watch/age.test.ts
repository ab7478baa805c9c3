import assert from "node:assert/strict";
import { test } from "node:test";
import { ageIfLate } from "./age.ts";

const delayMs = 10_000;

for (const { what, age, expected } of [
  { what: "as young as promised", age: 12, expected: null },
  { what: "with what a player keeps in reserve", age: 25, expected: null },
  { what: "older than that", age: 25.1, expected: 20 },
  { what: "older still, in steps that can be read", age: 59, expected: 50 },
  { what: "minutes old", age: 119, expected: 60 },
  { what: "as old as a broadcast that fell far behind", age: 13 * 60 + 20, expected: 13 * 60 },
  { what: "of a reader whose clock is not the gallery's", age: -5, expected: null },
])
  test(`a picture ${what} (${age} s)`, () => assert.equal(ageIfLate(1e12, 1e12 + age * 1000, delayMs), expected));

test("of a house that promised nothing nothing is said", () => assert.equal(ageIfLate(0, 1e12, undefined), null));

test("a longer delay is no lateness", () => assert.equal(ageIfLate(0, 60_000, 60_000), null));
