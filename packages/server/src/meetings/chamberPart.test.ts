import assert from "node:assert/strict";
import { test } from "node:test";
import { seatOf } from "@raadhuis/meeting";
import { ground, waitFor } from "../testing/alone.ts";
import { chamberPart } from "./chamberPart.ts";

test("by itself it says of whoever the record has present, and who has no page, that they left", async (t) => {
  const alone = await ground(t, 24320);
  const { meetings, open, plan, command } = alone;
  const { meeting, seats } = await plan();
  const { seat } = seats[0]!;
  const isPresent = () => seatOf(meetings.peek(meeting)!, seat)?.present;
  await command(meeting, { type: "arrive", seats: [seat] }, { kind: "house", part: "presence" });
  assert.equal(isPresent(), true);
  const { part } = chamberPart({ ...alone, graceMs: 10 });
  const { parts } = await open(part);
  await parts.startDuty();
  await waitFor(() => isPresent() === false);
});
