import assert from "node:assert/strict";
import { test } from "node:test";
import { growthOf, type Held } from "./growth.ts";

const looks = (of: (visits: number) => Partial<Held>): Held[] =>
  Array.from({ length: 18 }, (_, index) => ({
    visits: index * 500,
    residentMb: 200,
    heapMb: 30,
    files: 40,
    ...of(index * 500),
  }));

test("memory that goes up and down is no growth", () => {
  const wobbling = looks((visits) => ({ residentMb: 200 + ((visits / 500) % 3) * 4 }));
  assert.deepEqual(growthOf(wobbling).problems, []);
});

test("2 kB of objects forgotten at each visit are found, though memory as a whole does not show them", () => {
  assert.match(
    growthOf(looks((visits) => ({ heapMb: 30 + (visits * 2) / 1024 }))).problems[0] ?? "",
    /heap grows by 2048/,
  );
});

test("20 kB forgotten at each visit are found, and so is a socket at each hundredth", () => {
  assert.match(
    growthOf(looks((visits) => ({ residentMb: 200 + (visits * 20) / 1024 }))).problems[0] ?? "",
    /20480 bytes/,
  );
  assert.match(growthOf(looks((visits) => ({ files: 40 + visits / 100 }))).problems[0] ?? "", /60 more files/);
});
