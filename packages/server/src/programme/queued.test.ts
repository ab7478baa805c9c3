import assert from "node:assert/strict";
import { test } from "node:test";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { MOST_UNOPENED } from "./wanted.ts";

const PORT = 24115;
const MINUTE = 60_000;

test("the clerk is told when a broadcast waits for a place; it waits no longer when the meeting opens", async (t) => {
  const wanted = new Set<string>();
  const house = await houseFor(t, testSettings(PORT), {
    tell: (message) => message.type === "egress.want" && wanted.add(message.meeting),
  });
  const clerk = await setUp(house);
  const { meeting: last } = await planMeeting(clerk, { startsAt: Date.now() + 9 * MINUTE });
  assert.deepEqual([...wanted], [last]);
  const office = await clerk.open(`/api/office/meetings/${last}/socket`);
  await office.welcome();
  await office.next("health", ({ health }) => health.stream.code === "stream.starting");

  for (let nth = 0; nth < MOST_UNOPENED; nth++) await planMeeting(clerk, { startsAt: Date.now() + MINUTE });
  await office.next("health", ({ health }) => health.stream.code === "stream.queued");
  await office.command({ type: "openMeeting" });
  await office.next("health", ({ health }) => health.stream.code === "stream.starting");
  assert.equal(wanted.size, MOST_UNOPENED + 1);
});
