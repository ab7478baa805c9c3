import assert from "node:assert/strict";
import { test } from "node:test";
import { section } from "./page.ts";
import { rowOf } from "./result.ts";

test("a result's section has a column for each subject and a line for each case", () => {
  const of = (subject: string, samples: number[]) =>
    rowOf({ subject, case: "1->10", metric: "cpu", unit: "us" }, samples);
  const text = section({
    machine: "2 cores",
    commit: "abc",
    date: "2026-11-23T05:00:00Z",
    rows: [of("raadhuis", [4, 5, 6]), of("floor", [1])],
  });
  assert.equal(
    text,
    [
      "Measured at abc on 2026-11-23, 2 cores.",
      "",
      "|          |       | raadhuis   | floor |",
      "| -------- | ----- | ---------- | ----- |",
      "| cpu (us) | 1->10 | 5 (4 to 6) | 1     |",
      "",
    ].join("\n"),
  );
});

test("of many samples p95 is told, too", () => {
  const samples = Array.from({ length: 20 }, (_, index) => index + 1);
  const rows = [rowOf({ subject: "raadhuis", case: "killed", metric: "back", unit: "ms" }, samples)];
  const text = section({ machine: "2 cores", commit: "abc", date: "2026-11-23T05:00:00Z", rows });
  assert.match(text, /\| 10 \(1 to 20, p95 19\) \|/);
});
