import assert from "node:assert/strict";
import { test } from "node:test";
import { type Hearing, heardMuted, nothingHeard, SAID_EVERY } from "./mutedSpeech.ts";

/** Ten looks a second. Gives when the person was told, ms. */
function told(levels: number[]): number[] {
  const at: number[] = [];
  let hearing: Hearing = nothingHeard;
  for (const [index, level] of levels.entries()) {
    const { say, ...after } = heardMuted(hearing, level, index * 100);
    hearing = after;
    if (say) at.push(index * 100);
  }
  return at;
}

const times = (count: number, level: number) => Array.from({ length: count }, () => level);

test("whoever speaks while muted is told within a second", () => {
  const [first = Number.NaN] = told([...times(20, 5), ...times(10, 60)]);
  assert.ok(first >= 2000 && first < 3000, `${first}`);
});

test("a knock, and a murmur elsewhere, are no speech", () => {
  assert.deepEqual(told([...times(20, 5), ...times(2, 90), ...times(20, 5)]), []);
  assert.deepEqual(told(times(600, 30)), []);
});

test("whoever goes on is told again only after a while", () => {
  const [first = 0, second = 0, ...more] = told(times(600, 60));
  assert.ok(second - first >= SAID_EVERY);
  assert.equal(more.length, 0);
});
