import assert from "node:assert/strict";
import { test } from "node:test";
import { evolve, MeetingId, type MeetingState, type Role, SeatId, seatOf } from "@raadhuis/meeting";
import { arrivesLate, foretold, meaning } from "./foretold.ts";

const head = (version: number) => ({
  meeting: MeetingId.parse("meeting123"),
  version,
  at: 1000 + version,
  by: { kind: "house", part: "presence" } as const,
});
const seat = SeatId.parse("seatsomebody");

/** A public meeting with one seat, not opened yet. */
function planned(role: Role): MeetingState {
  const bare = evolve(undefined, {
    ...head(1),
    type: "meeting.planned",
    structure: { kind: "public", startsAt: 5000, recording: true, bodyId: null, organId: null },
    payload: { body: "Raad", organ: null, title: "Vergadering" },
  });
  return evolve(bare, {
    ...head(2),
    type: "seat.assigned",
    structure: { seat, role },
    payload: { name: "Somebody", party: null },
  });
}

const onAir = (role: Role): MeetingState => {
  const state = planned(role);
  return { ...state, phase: "open", epoch: { ...state.epoch, onAir: true } };
};

const told = (state: MeetingState) => {
  const future = foretold(state, seatOf(state, seat));
  return [future, meaning(state, future)];
};

test("the lobby tells each role what will be on inside", () => {
  assert.deepEqual(told(onAir("member")), ["sends", "lobby.onAir"]);
  assert.deepEqual(told(onAir("guest")), ["sends", "lobby.onAir"]);
  assert.deepEqual(told(onAir("citizen")), ["tries", "lobby.citizen"]);
  assert.deepEqual(told(onAir("observer")), ["listens", "lobby.onAirListening"]);
});

test("whoever may be there is told in the lobby that the doors are closed", () => {
  const state = onAir("member");
  const out = { ...state.epoch, onAir: false };
  assert.equal(told({ ...state, epoch: { ...out, doors: "closed" } })[1], "lobby.doorsClosed");
  assert.equal(told({ ...state, phase: "suspended", epoch: out })[1], "lobby.offAir");
});

test("a citizen who has been given the floor goes in with what is on", () => {
  const state = onAir("citizen");
  assert.equal(foretold({ ...state, floor: { ...state.floor, holder: seat } }, seatOf(state, seat)), "sends");
});

test("a citizen tries their devices before the meeting, too", () => {
  assert.deepEqual(told(planned("citizen")), ["tries", "lobby.planned"]);
});

test("whoever comes in for the first time while the meeting is in session comes quietly", () => {
  const first = { wasIn: false };
  assert.equal(arrivesLate(planned("member"), first), false);
  assert.equal(arrivesLate(onAir("member"), first), true);
  assert.equal(arrivesLate({ phase: "suspended" }, first), true);
  assert.equal(arrivesLate(onAir("member"), { wasIn: true }), false);
});
