import assert from "node:assert/strict";
import { test } from "node:test";
import { barChart, lineChart } from "./plot.ts";
import { rowOf } from "./result.ts";

const row = (subject: string, samples: number[]) =>
  rowOf({ subject, case: "1->10", metric: "cpu", unit: "us" }, samples);

test("a chart has a bar as high as each median, and its name for those who cannot see it", () => {
  const svg = barChart({ title: "Cost", metric: "cpu", cases: ["1->10", "1->50"] }, [
    row("raadhuis", [4, 5, 6]),
    row("livekit", [10, 10, 10]),
  ]);
  assert.match(svg, /aria-label="Cost, us"/);
  const heights = [
    ...svg.matchAll(/<rect x="[^"]+" y="[^"]+" width="[^"]+" height="([\d.]+)" fill="#(1b4f8f|d98324)"/g),
  ]
    .map(([, height]) => Number(height))
    .filter((height) => height !== 12);
  assert.equal(heights.length, 2);
  assert.equal(heights[1]! / heights[0]!, 2);
  assert.doesNotMatch(svg, /1->50|NaN/);
});

test("a line goes through each sample", () => {
  assert.equal(/points="([^"]*)"/.exec(lineChart("Memory", row("raadhuis", [1, 2, 3])))?.[1]?.split(" ").length, 3);
});
