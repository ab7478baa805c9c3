import assert from "node:assert/strict";
import { mayEnter } from "../index.ts";
import type { Invariants } from "../testing/moment.ts";

export const invariants: Invariants = {
  "floor and queue are only with seats that may enter, each once": ({ after }) => {
    if (!after) return;
    const { holder, queue } = after.floor;
    for (const id of holder === null ? queue : [holder, ...queue]) assert.ok(mayEnter(after, id));
    assert.equal(new Set(queue).size, queue.length);
    assert.ok(holder === null || !queue.includes(holder));
  },

  "nobody has the floor unless the meeting is open": ({ after }) => {
    if (after && after.phase !== "open") assert.equal(after.floor.holder, null);
  },
};
