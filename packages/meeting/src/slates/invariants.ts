import assert from "node:assert/strict";
import { programmeOf } from "../index.ts";
import { eventsOf, type Invariants } from "../testing/moment.ts";

export const invariants: Invariants = {
  "a slate says what was written on it last": ({ after }, soFar) => {
    if (!after) return;
    const programme = programmeOf(after);
    if (programme.kind !== "slate") return;
    const last = eventsOf(soFar).findLast(
      (event) => event.type === "slate.written" && event.structure.slate === programme.slate,
    );
    assert.equal(programme.text, last?.type === "slate.written" ? (last.payload?.text ?? null) : null);
  },
};
