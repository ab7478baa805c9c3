import assert from "node:assert/strict";
import { test } from "node:test";
import { mayEnter, mediaRightsOf, programmeOf, seatOf } from "../index.ts";
import {
  anna,
  bob,
  by,
  commandOf,
  gita,
  house,
  iris,
  kees,
  mo,
  office,
  opened,
  otto,
  planned,
  stranger,
} from "../testing/council.ts";

test("the chair opens a public meeting and it goes on air, in a new epoch", () => {
  const before = planned();
  assert.deepEqual(programmeOf(before.now), { kind: "slate", slate: "before", text: null });
  const play = before.with([by(anna), { type: "openMeeting" }]);
  assert.equal(play.now.phase, "open");
  assert.deepEqual(programmeOf(play.now), { kind: "live", epoch: 2, focus: null, item: null });
  assert.equal(play.refusal(by(anna), { type: "openMeeting" }), "meeting.not-planned");
});

test("chair, clerk and office conduct; a member, a citizen, a guest and an observer do not", () => {
  for (const actor of [by(anna), by(kees), office])
    assert.equal(planned().refusal(actor, { type: "openMeeting" }), null);
  for (const seat of [mo, bob, gita, otto])
    for (const type of ["suspendMeeting", "resumeMeeting", "endMeeting", "closeDoors", "openDoors"] as const)
      assert.equal(opened().refusal(by(seat), { type }), "role.not-allowed");
});

test("a private meeting and a call open in epoch 1, off the air, and everybody invited is in", () => {
  for (const kind of ["private", "call"] as const) {
    const { now } = opened(kind);
    assert.equal(now.phase, "open");
    assert.deepEqual([now.epoch.number, now.epoch.doors, now.epoch.onAir], [1, "closed", false]);
    assert.deepEqual(programmeOf(now), { kind: "none" });
    assert.ok(mayEnter(now, gita));
  }
});

test("suspended, the meeting is off the air and nobody has the floor; hands stay up", () => {
  const play = opened().with(
    [by(mo), { type: "raiseHand" }],
    [by(anna), { type: "giveFloor", seat: bob }],
    [by(anna), { type: "suspendMeeting" }],
  );
  assert.deepEqual(programmeOf(play.now), { kind: "slate", slate: "suspended", text: null });
  assert.deepEqual(play.now.floor, { holder: null, queue: [mo] });
  assert.deepEqual(mediaRightsOf(play.now, bob)?.publish, []);
  assert.equal(play.now.epoch.number, 2);
  assert.equal(play.refusal(by(anna), { type: "suspendMeeting" }), "meeting.not-open");
});

test("resumed, the meeting is on air again in a new epoch", () => {
  const play = opened().with([by(anna), { type: "suspendMeeting" }], [by(anna), { type: "resumeMeeting" }]);
  assert.equal(play.now.epoch.number, 3);
  assert.equal(play.now.epoch.onAir, true);
  assert.equal(play.refusal(by(anna), { type: "resumeMeeting" }), "meeting.not-suspended");
});

test("resumed behind closed doors, the meeting goes on in the same epoch, off the air", () => {
  const play = opened().with(
    [by(anna), { type: "closeDoors", admitted: [gita] }],
    [by(anna), { type: "suspendMeeting" }],
    [by(anna), { type: "resumeMeeting" }],
  );
  assert.equal(play.now.epoch.number, 3);
  assert.equal(play.now.epoch.onAir, false);
  assert.ok(mayEnter(play.now, gita));
});

test("behind closed doors stay those of the body and those admitted by name; floor and hand of others are gone", () => {
  const play = opened().with(
    [by(gita), { type: "raiseHand" }],
    [by(mo), { type: "raiseHand" }],
    [by(anna), { type: "giveFloor", seat: bob }],
    [by(anna), { type: "closeDoors", admitted: [gita] }],
  );
  assert.deepEqual(
    play.now.seats.filter(({ id }) => mayEnter(play.now, id)).map(({ id }) => id),
    [anna, kees, mo, iris, gita],
  );
  assert.deepEqual(play.now.floor, { holder: null, queue: [gita, mo] });
  assert.equal(seatOf(play.now, bob)?.present, false);
  assert.equal(play.refusal(by(bob), { type: "raiseHand" }), "seat.not-admitted");
  assert.equal(play.refusal(house, { type: "arrive", seats: [bob] }), "seat.not-admitted");
  assert.deepEqual(programmeOf(play.now), { kind: "slate", slate: "doorsClosed", text: null });
});

test("closing the doors begins a new epoch, and so does opening them", () => {
  const play = opened().with([by(anna), { type: "closeDoors" }]);
  assert.deepEqual([play.now.epoch.number, play.now.epoch.onAir], [3, false]);
  assert.equal(play.refusal(by(anna), { type: "closeDoors" }), "doors.already-closed");
  play.with([by(anna), { type: "openDoors" }]);
  assert.deepEqual([play.now.epoch.number, play.now.epoch.onAir], [4, true]);
  assert.deepEqual(play.now.epoch.admitted, []);
  assert.ok(mayEnter(play.now, bob));
  assert.equal(play.refusal(by(anna), { type: "openDoors" }), "doors.already-open");
});

test("doors opened while suspended are not on air until the chair resumes", () => {
  const play = opened().with(
    [by(anna), { type: "closeDoors" }],
    [by(anna), { type: "suspendMeeting" }],
    [by(anna), { type: "openDoors" }],
  );
  assert.deepEqual([play.now.epoch.number, play.now.epoch.onAir], [4, false]);
  play.with([by(anna), { type: "resumeMeeting" }]);
  assert.deepEqual([play.now.epoch.number, play.now.epoch.onAir], [5, true]);
});

test("only seats of this meeting that were not removed can be admitted behind the doors", () => {
  const play = opened().with([by(anna), { type: "removeSeat", seat: bob }]);
  assert.equal(play.refusal(by(anna), { type: "closeDoors", admitted: [stranger] }), "seat.unknown");
  assert.equal(play.refusal(by(anna), { type: "closeDoors", admitted: [bob] }), "seat.removed");
});

test("only a public meeting that was opened has doors to close and open", () => {
  assert.equal(planned().refusal(by(anna), { type: "closeDoors" }), "meeting.not-open");
  assert.equal(planned().refusal(by(anna), { type: "openDoors" }), "meeting.not-open");
  for (const kind of ["private", "call"] as const) {
    assert.equal(opened(kind).refusal(by(anna), { type: "closeDoors" }), "meeting.kind");
    assert.equal(opened(kind).refusal(by(anna), { type: "openDoors" }), "meeting.kind");
  }
});

test("an ended meeting is over for good: nobody is in it, nothing more is done in it", () => {
  const play = opened().with([by(anna), { type: "giveFloor", seat: mo }], [by(anna), { type: "endMeeting" }]);
  assert.deepEqual(programmeOf(play.now), { kind: "slate", slate: "after", text: null });
  assert.deepEqual(play.now.floor, { holder: null, queue: [] });
  for (const { id, present } of play.now.seats) {
    assert.equal(present, false);
    assert.equal(mediaRightsOf(play.now, id), null);
  }
  for (const type of ["openMeeting", "resumeMeeting", "endMeeting", "openDoors"] as const)
    assert.equal(play.refusal(office, { type }), "meeting.ended");
  assert.equal(play.refusal(house, { type: "leave", seats: [mo] }), "meeting.ended");
});

test("a meeting that never opened cannot be closed", () => {
  assert.equal(planned().refusal(office, { type: "endMeeting" }), "meeting.not-open");
});

test("doors close for nobody admitted by name where no name is given", () => {
  assert.deepEqual(commandOf({ type: "closeDoors" }), { type: "closeDoors", admitted: [] });
});
