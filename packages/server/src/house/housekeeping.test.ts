import assert from "node:assert/strict";
import { test } from "node:test";
import { Hub } from "../meetings/hub.ts";
import { ground, waitFor } from "../testing/alone.ts";
import { housekeepingPart } from "./housekeeping.ts";

const HOUR = 3600_000;

test("by itself it lets go of meetings that are over every hour, and of what has lapsed while it is on duty", async (t) => {
  const alone = await ground(t, 24405);
  const { meetings, store, open, plan, command } = alone;
  const { meeting } = await plan({ kind: "private", recording: false });
  await command(meeting, { type: "openMeeting" });
  await command(meeting, { type: "endMeeting" });
  let kept = 0;
  const trail = { keepHouse: async () => void kept++ };
  t.mock.timers.enable({ apis: ["setInterval"] });
  const { part } = housekeepingPart({ ...alone, hub: new Hub(), trail });
  const { parts } = await open(part);
  t.mock.timers.tick(HOUR);
  await waitFor(() => meetings.peek(meeting) === undefined);
  assert.equal(kept, 0);
  await parts.startDuty();
  t.mock.timers.tick(HOUR);
  await waitFor(() => kept === 1);
  await parts.stopDuty();
  t.mock.timers.tick(HOUR);
  await store.ping();
  assert.equal(kept, 1);
});
