import assert from "node:assert/strict";
import { conducts, mayEnter, programmeOf } from "../index.ts";
import { eventsOf, type Invariants, type Moment } from "../testing/moment.ts";

/** From the events alone, not from the state under test. */
const doorsIn = (moments: readonly Moment[]): "closed" | "open" => {
  const last = eventsOf(moments).findLast(({ type }) => type === "doors.closed" || type === "doors.opened");
  return last?.type === "doors.closed" ? "closed" : "open";
};

export const invariants: Invariants = {
  "nothing is live behind closed doors, and what is live is on air": ({ after }, soFar) => {
    if (!after) return;
    const isLive = programmeOf(after).kind === "live";
    if (doorsIn(soFar) === "closed") assert.ok(!isLive);
    assert.equal(after.epoch.onAir, isLive);
  },

  "a meeting that is not public stays in epoch 1 behind closed doors": ({ after }) => {
    if (!after || after.kind === "public") return;
    assert.equal(after.epoch.number, 1);
    assert.equal(after.epoch.doors, "closed");
  },

  "a new epoch begins at every going on air and at every change of doors": ({ before, after }) => {
    if (!before || !after) return;
    const goesOnAir = programmeOf(before).kind !== "live" && programmeOf(after).kind === "live";
    const doorsChange = before.epoch.doors !== after.epoch.doors;
    const due = before.epoch.number + (goesOnAir || doorsChange ? 1 : 0);
    assert.equal(after.epoch.number, due);
  },

  "an epoch that was once off the air never comes on air": ({ after }, soFar) => {
    if (!after?.epoch.onAir) return;
    const same = soFar.filter((moment) => moment.after?.epoch.number === after.epoch.number);
    assert.ok(same.every((moment) => moment.after?.epoch.onAir));
  },

  "behind closed doors are members, those who conduct, and those admitted by name": ({ after }) => {
    if (after?.kind !== "public" || after.epoch.doors === "open") return;
    for (const { id, role } of after.seats)
      if (mayEnter(after, id)) assert.ok(conducts(role) || role === "member" || after.epoch.admitted.includes(id));
  },
};
