import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, parseEvent, SeatId, seatOf } from "@raadhuis/meeting";
import { presenceOf } from "./presence.ts";

const anna = SeatId.parse("seatanna1");
const bram = SeatId.parse("seatbram1");
const planned = { kind: "public", startsAt: 5000, recording: true, bodyId: null, organId: null };

/** What is said of Anna, a member, after these events; of Bram, an observer, who never came. */
function said(...steps: [type: string, structure: object][]) {
  const all: [string, object, object | null][] = [
    ["meeting.planned", planned, { body: "Raad", organ: null, title: "Vergadering" }],
    ["seat.assigned", { seat: anna, role: "member" }, { name: "Anna", party: null }],
    ["seat.assigned", { seat: bram, role: "observer" }, { name: "Bram", party: null }],
    ...steps.map(([type, structure]): [string, object, null] => [type, structure, null]),
  ];
  const events = all.map(([type, structure, payload], index) =>
    parseEvent({
      meeting: "meeting123",
      version: index + 1,
      at: 1,
      by: { kind: "house", part: "presence" },
      type,
      structure,
      payload,
    }),
  );
  const state = fold(events);
  assert.ok(state);
  return [anna, bram].map((id) => {
    const seat = seatOf(state, id);
    assert.ok(seat);
    return presenceOf(state, seat);
  });
}

test("whoever has left is told from whoever is not in yet, and from whoever waits outside", () => {
  assert.deepEqual(said(), ["absent", "absent"]);
  assert.deepEqual(said(["seat.arrived", { seats: [anna] }]), ["in", "absent"]);
  const gone: [string, object][] = [
    ["seat.arrived", { seats: [anna] }],
    ["seat.left", { seats: [anna], said: false }],
  ];
  assert.deepEqual(said(...gone), ["left", "absent"]);
  const behind: [string, object] = ["doors.closed", { epoch: 3, admitted: [] }];
  assert.deepEqual(said(...gone, ["meeting.opened", { epoch: 2 }], behind), ["left", "outside"]);
});
