import assert from "node:assert/strict";
import { test } from "node:test";
import { ground } from "../testing/alone.ts";

test("by itself it keeps a meeting, and tells its followers in the order in which they came", async (t) => {
  const { meetings, store, plan, command } = await ground(t, 24315);
  const heard: string[] = [];
  for (const name of ["one", "two"])
    meetings.follow(name, ({ after }) => void heard.push(`${name}: ${after.phase} ${after.version}`));
  const { meeting } = await plan();
  const { version } = meetings.peek(meeting)!;
  await command(meeting, { type: "openMeeting" });
  assert.deepEqual(meetings.followers, ["one", "two"]);
  assert.deepEqual(heard.slice(0, 2), [`one: planned ${version}`, `two: planned ${version}`]);
  assert.match(heard.at(-1) ?? "", /^two: open/);
  assert.equal((await store.record.events(meeting)).length, meetings.peek(meeting)?.version);
});
