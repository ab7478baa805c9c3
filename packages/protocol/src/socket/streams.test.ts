import assert from "node:assert/strict";
import { test } from "node:test";
import { LastNumbers } from "./streams.ts";

const numbersOf = (count: number, number: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`notes/${index}`, number]));

test("of too many audiences one thing is said, however many are wrong", () => {
  assert.equal(LastNumbers.safeParse(numbersOf(7_000, 0)).error?.issues.length, 1);
  assert.equal(LastNumbers.safeParse(numbersOf(501, 1)).error?.issues.length, 1);
  assert.equal(LastNumbers.safeParse(numbersOf(2, 0)).error?.issues.length, 2);
  assert.ok(LastNumbers.safeParse(numbersOf(500, 1)).success);
});
