import assert from "node:assert/strict";
import { test } from "node:test";
import { recordable } from "./recordable.ts";
import { offsetsOf, stretchesOf } from "./recording.ts";
import { segment } from "./testing/segments.ts";

/** Which of these segments a recording keeps: L live, s slate. */
function kept(story: string): string {
  const before: { live: boolean }[] = [];
  return [...story]
    .map((letter) => {
      const live = letter === "L";
      const keep = recordable(before, live);
      before.push({ live });
      return keep ? letter : ".";
    })
    .join("");
}

test("the recording begins with the first live segment and shortens every slate", () => {
  assert.equal(kept("ssssLLsLLsssssssLssss"), "....LLsLLsss....Lsss.");
});

test("gaps in time are closed up, and the offsets tell where", () => {
  const shown = [segment(0), segment(1), segment(2, { at: 60_000 }), segment(3, { at: 62_000, run: 1, frames: 25 })];
  const stretches = stretchesOf([...shown, segment(4, { at: 63_000, run: 1 })]);
  assert.deepEqual(
    stretches.map((stretch) => stretch.map(({ number }) => number)),
    [[0, 1], [2], [3, 4]],
  );
  assert.deepEqual(offsetsOf(stretches), [
    { at: 0, seconds: 0 },
    { at: 60_000, seconds: 4 },
    { at: 62_000, seconds: 6 },
  ]);
});
