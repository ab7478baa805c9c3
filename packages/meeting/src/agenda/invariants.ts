import assert from "node:assert/strict";
import type { Invariants } from "../testing/moment.ts";

export const invariants: Invariants = {
  "the agenda does not change behind closed doors": ({ before, after }) => {
    if (before?.kind === "public" && before.epoch.doors === "closed") assert.deepEqual(after!.agenda, before.agenda);
  },

  "the item under discussion is on the agenda": ({ after }) => {
    if (after && after.item !== null) assert.ok(after.agenda.some(({ id }) => id === after.item));
  },
};
