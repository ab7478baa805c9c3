import assert from "node:assert/strict";
import { test } from "node:test";
import { evolve, fold, MeetingId } from "./index.ts";
import { meeting, opened, planned } from "./testing/council.ts";

test("a meeting of no events is no meeting", () => {
  assert.equal(fold([]), undefined);
});

test("an event that does not follow is a fault, not a state", () => {
  const { events, now } = opened();
  assert.throws(() => evolve(undefined, events[1]!), /was due/);
  assert.throws(() => evolve(undefined, { ...events[1]!, version: 1 }), /begins with/);
  assert.throws(() => evolve(now, events.at(-1)!), /was due/);
  assert.throws(() => evolve(now, { ...events[0]!, version: now.version + 1 }), /planned once/);
  const elsewhere = { ...events.at(-1)!, meeting: MeetingId.parse("othermeeting"), version: now.version + 1 };
  assert.throws(() => evolve(now, elsewhere), /othermeeting/);
});

test("a page that was away folds what it missed onto what it had", () => {
  const { events, now } = opened();
  const had = fold(events.slice(0, 5));
  assert.deepEqual(fold(events.slice(5), had), now);
});

test("an event without its payload leaves the words unknown and the seat in place", () => {
  const { events } = planned();
  const state = fold(events.map((event) => ({ ...event, payload: null })));
  assert.equal(state?.id, meeting);
  assert.equal(state.title, null);
  assert.deepEqual(state.seats.map(({ name, role }) => [name, role]).slice(0, 2), [
    [null, "chair"],
    [null, "clerk"],
  ]);
});
