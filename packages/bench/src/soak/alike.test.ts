import assert from "node:assert/strict";
import { test } from "node:test";
import { grownAlike, type Look } from "./alike.ts";

const looks = (of: (second: number) => Partial<Look>): Look[] =>
  Array.from({ length: 800 }, (_, second) => ({ mb: 300, lagMs: 50, shown: "whole", ...of(second) }));

test("a machine that makes more again holds more, and that is no growth", () => {
  const busyFirst = looks((second) => (second < 520 ? { mb: 250, shown: "sound" } : {}));
  assert.equal(grownAlike(busyFirst), 0);
});

test("what grows is found in whatever is made, the one that grew most", () => {
  assert.equal(Math.round(grownAlike(looks((second) => ({ mb: 300 + second / 10 })))), 20);
  const one = looks((second) => ({ shown: second % 2 ? "whole" : "fewer", mb: second % 2 ? 300 : 300 + second / 10 }));
  assert.equal(Math.round(grownAlike(one)), 20);
});

test("where nothing was alike it is not said that nothing grew", () => {
  assert.throws(() => grownAlike(looks((second) => ({ shown: second < 600 ? "sound" : "whole" }))), /too busy/);
});
