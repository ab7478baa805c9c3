import assert from "node:assert/strict";
import { test } from "node:test";
import { viewOf } from "./index.ts";
import { anna, bob, by, mo, opened, stranger } from "./testing/council.ts";

test("whoever waits outside closed doors sees title, time and their own seat, and nothing else", () => {
  const { now } = opened().with([by(anna), { type: "closeDoors" }]);
  assert.deepEqual(viewOf(now, { kind: "seat", seat: bob }), {
    outside: {
      ...{ title: "Council", body: "West Betuwe", startsAt: 1 },
      seat: { id: bob, name: "Bob Vos", role: "citizen" },
    },
  });
  for (const viewer of [{ kind: "office" } as const, { kind: "seat", seat: mo } as const])
    assert.deepEqual(viewOf(now, viewer), { inside: now });
});

test("whoever was removed, or never had a seat, sees nothing", () => {
  const { now } = opened().with([by(anna), { type: "removeSeat", seat: mo }]);
  for (const seat of [mo, stranger]) assert.equal(viewOf(now, { kind: "seat", seat }), null);
});
