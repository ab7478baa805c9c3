import assert from "node:assert/strict";
import { test } from "node:test";
import { framesPerPictureOf, type Shedding, shed, shownOf, unshed } from "./shedding.ts";

/** Looks ten times a second at a programme that is so far behind, ms. @returns what is shown after each second */
function seconds(count: number, behindMs: (at: number) => number, from: Shedding = unshed, begins = 0) {
  let state = from;
  const shown: string[] = [];
  for (let tenth = 1; tenth <= count * 10; tenth++) {
    const at = begins + tenth * 100;
    state = shed(state, behindMs(at), at);
    if (tenth % 10 === 0) shown.push(`${shownOf(state)} ${framesPerPictureOf(state)}`);
  }
  return { state, shown };
}

const [whole, half, quarter, sound] = ["whole 1", "fewer 2", "fewer 4", "sound 12"];

for (const { what, behindMs, expected } of [
  { what: "a machine that keeps up sheds nothing", behindMs: 30, expected: [whole, whole, whole] },
  { what: "a hiccup is borne", behindMs: 390, expected: [whole, whole, whole] },
  { what: "a little behind: fewer pictures", behindMs: 500, expected: [half, half, half] },
  { what: "more behind: fewer still", behindMs: 1200, expected: [quarter, quarter, quarter] },
  { what: "far behind: no pictures, at once", behindMs: 3000, expected: [sound, sound, sound] },
])
  test(`${what} (${behindMs} ms)`, () => assert.deepEqual(seconds(3, () => behindMs).shown, expected));

test("where it falls further and further behind it goes down step by step", () => {
  const { shown } = seconds(6, (at) => at / 2);
  assert.deepEqual(shown, [half, quarter, sound, sound, sound, sound]);
});

test("it comes back one step at a time, each when it has been well for three seconds", () => {
  const { state } = seconds(1, () => 3000);
  const { shown } = seconds(12, () => 50, state, 1000);
  assert.deepEqual(shown, [sound, sound, sound, quarter, quarter, quarter, half, half, half, whole, whole, whole]);
});

test("one that is neither well nor worse stays where it is", () => {
  const { state } = seconds(1, () => 3000);
  const { shown } = seconds(20, () => 250, state, 1000);
  assert.deepEqual(new Set(shown), new Set([sound]));
});

test("a step up that is taken back makes the next one wait twice as long, up to a minute", () => {
  // Well without pictures, at once behind with any.
  let state = seconds(1, () => 3000).state;
  const tries: number[] = [];
  for (let at = 1000; at < 600_000; at += 100) {
    const next = shed(state, state.step === 3 ? 50 : 3000, at);
    if (next.step < state.step) tries.push(at);
    state = next;
  }
  const waits = tries.slice(1).map((at, index) => Math.round((at - tries[index]!) / 1000));
  assert.deepEqual(waits.slice(0, 5), [7, 13, 25, 49, 61]);
  assert.ok(waits.every((wait) => wait <= 62));
});

test("after a quarter of a minute of everything, the next trouble begins with a clean slate", () => {
  const { state } = seconds(20, () => 50, { ...unshed, since: 0, provenMs: 48_000 });
  assert.equal(state.provenMs, unshed.provenMs);
});
