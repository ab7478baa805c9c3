import assert from "node:assert/strict";
import { test } from "node:test";
import type { PartName, ReleasedState, TimelineEntry } from "@raadhuis/protocol/public";
import { Parts } from "./parts.ts";

const name = (digit: string): PartName => `parts/${digit.repeat(32)}.json`;
const entry = (at: number): TimelineEntry => ({ at, scene: "live", item: null, speaker: null });
const item = { id: "item1", number: 1, title: "Opening" };
const files = new Map<PartName, unknown>([
  [name("a"), { agenda: [item] }],
  [name("b"), { parts: [name("1")] }],
  [name("c"), { parts: [name("1"), name("2")] }],
  [name("1"), { entries: [entry(1), entry(2)] }],
  [name("2"), { entries: [entry(3)] }],
]);
const state = (timeline: PartName | null, rest: number[]): ReleasedState => ({
  meeting: "m",
  body: "",
  title: "",
  startsAt: 0,
  zone: "Europe/Amsterdam",
  agenda: [],
  parts: { agenda: name("a"), timeline },
  from: 0,
  until: 9,
  timeline: rest.map(entry),
  ended: false,
  recording: null,
});
const times = ({ timeline }: ReleasedState) => timeline.map(({ at }) => at);

function watched() {
  const asked: PartName[] = [];
  const parts = new Parts(async (name) => {
    asked.push(name);
    return files.get(name) ?? Promise.reject(new Error("404"));
  });
  return { asked, parts };
}

test("whoever comes in late has the whole timeline, and whoever stays fetches each part once", async () => {
  const { asked, parts } = watched();
  const first = await parts.whole(state(name("b"), [3]));
  assert.deepEqual([times(first), first.agenda], [[1, 2, 3], [item]]);
  assert.deepEqual(times(await parts.whole(state(name("b"), [3, 4]))), [1, 2, 3, 4]);
  assert.deepEqual(asked.sort(), [name("1"), name("a"), name("b")]);
  assert.deepEqual(times(await parts.whole(state(name("c"), [4]))), [1, 2, 3, 4]);
  assert.deepEqual(asked.slice(3).sort(), [name("2"), name("c")]);
});

test("what an older house released is whole as it is", async () => {
  const { asked, parts } = watched();
  const { parts: _, ...old } = state(null, [1]);
  assert.deepEqual(await parts.whole({ ...old, agenda: [item] }), { ...old, agenda: [item] });
  assert.deepEqual(asked, []);
});

test("a part that was not to be had is asked for again", async () => {
  const { asked, parts } = watched();
  const part = files.get(name("2"));
  files.delete(name("2"));
  await assert.rejects(parts.whole(state(name("c"), [])), /404/);
  files.set(name("2"), part);
  assert.deepEqual(times(await parts.whole(state(name("c"), []))), [1, 2, 3]);
  assert.equal(asked.filter((one) => one === name("2")).length, 2);
  assert.equal(asked.filter((one) => one === name("1")).length, 1);
});
