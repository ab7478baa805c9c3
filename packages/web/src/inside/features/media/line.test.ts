import assert from "node:assert/strict";
import { test } from "node:test";
import { lineOf } from "./line.ts";

const fine = { lostUp: 0, lostDown: 0, roundTrip: 30, limited: null, serverSays: null } as const;

test("a line gets a light, and what is worst about it", () => {
  const cases: [Partial<Parameters<typeof lineOf>[0]>, string, string][] = [
    [{}, "green", "line.good"],
    [{ lostUp: 0.02 }, "green", "line.good"],
    [{ lostUp: 0.05, lostDown: 0.01 }, "amber", "line.loses-up"],
    [{ lostUp: 0.05, lostDown: 0.2 }, "red", "line.loses-down"],
    [{ roundTrip: 500 }, "amber", "line.slow"],
    [{ roundTrip: 900, lostUp: 0.05 }, "red", "line.slow"],
    [{ limited: "bandwidth" }, "amber", "line.narrow"],
    [{ limited: "cpu" }, "amber", "line.busy"],
    [{ serverSays: "poor" }, "red", "line.poor"],
    [{ serverSays: "poor", lostDown: 0.05 }, "amber", "line.loses-down"],
    [{ serverSays: "lost", lostDown: 0.05 }, "red", "line.away"],
  ];
  for (const [seen, light, code] of cases) assert.deepEqual(lineOf({ ...fine, ...seen }), { light, code });
});
