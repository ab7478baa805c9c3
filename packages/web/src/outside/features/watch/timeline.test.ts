import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineEntry } from "@raadhuis/protocol/public";
import { chaptersOf, clockOf, entryAt, secondsAt } from "./timeline.ts";

const item = (number: number) => ({ id: `item${number}`, number, title: `Punt ${number}` });
const entry = (at: number, part: Partial<TimelineEntry> = {}): TimelineEntry => ({
  at,
  scene: "live",
  item: item(1),
  speaker: null,
  ...part,
});
const anna = { name: "Anna", role: "chair", party: null };

test("what is told is what the picture shows: the last entry that had begun by its time", () => {
  const timeline = [entry(1000), entry(2000, { item: item(2) }), entry(3000, { scene: "doorsClosed" })];
  assert.equal(entryAt(timeline, 999), null);
  assert.equal(entryAt(timeline, 1000), timeline[0]);
  assert.equal(entryAt(timeline, 1999), timeline[0]);
  assert.equal(entryAt(timeline, 2000), timeline[1]);
  assert.equal(entryAt(timeline, 99_999), timeline[2]);
  assert.equal(entryAt([], 1), null);
});

test("a place in time is found in the recording, where gaps are closed up", () => {
  const offsets = [
    { at: 10_000, seconds: 0 },
    { at: 60_000, seconds: 20 },
  ];
  assert.equal(secondsAt(offsets, 5000), 0);
  assert.equal(secondsAt(offsets, 15_000), 5);
  assert.equal(secondsAt(offsets, 40_000), 20);
  assert.equal(secondsAt(offsets, 61_000), 21);
  assert.equal(secondsAt([], 61_000), 0);
});

test("chapters are headed by item and scene, speakers stand below, and none is without words", () => {
  const timeline = [
    entry(0, { speaker: anna }),
    entry(1000, { speaker: { ...anna, name: "Bram" } }),
    entry(1500),
    entry(2000, { item: item(2) }),
    entry(3000, { scene: "suspended", item: item(2) }),
  ];
  const chapters = chaptersOf(timeline, [{ at: 0, seconds: 0 }]);
  assert.deepEqual(
    chapters.map(({ heads, seconds }) => [heads, seconds]),
    [
      [true, 0],
      [false, 1],
      [true, 2],
      [true, 3],
    ],
  );
});

test("a recording's chapters begin with the meeting, not with what was shown before it", () => {
  const timeline = [entry(0, { scene: "before", item: null }), entry(1000), entry(2000, { scene: "suspended" })];
  const chapters = chaptersOf(timeline, [{ at: 1000, seconds: 0 }]);
  assert.deepEqual(
    chapters.map((chapter) => chapter.entry.scene),
    ["live", "suspended"],
  );
});

test("times in a recording are told in hours only where there are any", () => {
  assert.equal(clockOf(0), "0:00");
  assert.equal(clockOf(125.9), "2:05");
  assert.equal(clockOf(3723), "1:02:03");
});
