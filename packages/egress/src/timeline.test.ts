import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineEntry } from "@raadhuis/protocol/public";
import { TimelineIndex, TimelinePart } from "@raadhuis/protocol/public";
import { ENTRIES_PER_PART, Timeline } from "./timeline.ts";

const entry = (at: number, scene: TimelineEntry["scene"] = "live", number = 1): TimelineEntry => ({
  at,
  scene,
  item: { id: `item${number}`, number, title: "Punt" },
  speaker: null,
});
const changes = (count: number) => Array.from({ length: count }, (_, at) => entry(at, "live", at));

test("a timeline of many segments repeats nothing", () => {
  const timeline = new Timeline();
  for (const entries of [[entry(0)], [entry(2000)], [entry(4500, "suspended"), entry(5000)]])
    timeline.add({ timeline: entries });
  assert.deepEqual(
    timeline.rest.map(({ at }) => at),
    [0, 4500, 5000],
  );
  assert.equal(timeline.index, null);
});

test("what fills a part is in it for good, and nothing is in two places or in none", () => {
  const timeline = new Timeline();
  const names: string[][] = [];
  const all = changes(2 * ENTRIES_PER_PART + 5);
  for (const one of all) {
    timeline.add({ timeline: [one] });
    names.push(timeline.parts.map(({ name }) => name));
  }
  const last = names.at(-1)!;
  assert.equal(last.length, 2);
  for (const earlier of names) assert.deepEqual(earlier, last.slice(0, earlier.length));
  assert.deepEqual(TimelineIndex.parse(JSON.parse(timeline.index!.text)).parts, last);
  const held = timeline.parts.flatMap(({ text }) => TimelinePart.parse(JSON.parse(text)).entries);
  assert.deepEqual([...held, ...timeline.rest], all);
});

test("the same entries come to the same names, others to others", () => {
  const names = (entries: TimelineEntry[]) => {
    const timeline = new Timeline();
    timeline.add({ timeline: entries });
    return [timeline.parts[0]!.name, timeline.index!.name];
  };
  assert.deepEqual(names(changes(ENTRIES_PER_PART)), names(changes(ENTRIES_PER_PART)));
  const other = changes(ENTRIES_PER_PART).with(3, entry(3, "suspended"));
  for (const [index, name] of names(other).entries()) assert.notEqual(name, names(changes(ENTRIES_PER_PART))[index]);
});
