import assert from "node:assert/strict";
import { test } from "node:test";
import { rangeOf } from "./range.ts";

const cases: [string | undefined, ReturnType<typeof rangeOf>][] = [
  [undefined, null],
  ["bytes=0-9", { start: 0, end: 9 }],
  ["bytes=90-", { start: 90, end: 99 }],
  ["bytes=-10", { start: 90, end: 99 }],
  ["bytes=-1000", { start: 0, end: 99 }],
  ["bytes=50-1000", { start: 50, end: 99 }],
  ["bytes=100-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=9-3", null],
  ["bytes=0-1,5-6", null],
  ["bytes=-", null],
  ["lines=0-9", null],
];
for (const [header, expected] of cases)
  test(`"${header}" of 100 bytes`, () => assert.deepEqual(rangeOf(header, 100), expected));

test("an empty file has no byte to give", () => assert.equal(rangeOf("bytes=0-", 0), "unsatisfiable"));
