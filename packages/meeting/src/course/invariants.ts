import assert from "node:assert/strict";
import { programmeOf } from "../index.ts";
import { eventsOf, hasNoRight, type Invariants, type Moment, seats } from "../testing/moment.ts";

const isOver = (moments: readonly Moment[]) => eventsOf(moments).some(({ type }) => type === "meeting.ended");

export const invariants: Invariants = {
  "a meeting that is over takes no command and gives no right": (moment, soFar) => {
    if (!isOver(soFar)) return;
    for (const id of seats) hasNoRight(moment, id, { commands: false });
    if (isOver(soFar.slice(0, -1))) assert.ok("refusal" in moment.decision);
  },

  "a meeting that is not public never yields a programme": ({ after }) => {
    if (after && after.kind !== "public") assert.deepEqual(programmeOf(after), { kind: "none" });
  },

  "nothing is live of a meeting that is not open": ({ after }) => {
    if (after && after.phase !== "open") assert.notEqual(programmeOf(after).kind, "live");
  },
};
