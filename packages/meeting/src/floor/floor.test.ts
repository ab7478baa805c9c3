import assert from "node:assert/strict";
import { test } from "node:test";
import { mediaRightsOf, programmeOf } from "../index.ts";
import { anna, bob, by, gita, house, iris, mo, office, opened, otto, planned, stranger } from "../testing/council.ts";

test("an observer hears all and publishes nothing; a member publishes without the floor", () => {
  const { now } = opened();
  assert.deepEqual(mediaRightsOf(now, otto), { publish: [], subscribe: true });
  assert.ok(mediaRightsOf(now, mo)?.publish.includes("camera"));
});

test("hands stand in the order in which they were raised", () => {
  const play = opened().with([by(mo), { type: "raiseHand" }], [by(bob), { type: "raiseHand" }]);
  assert.deepEqual(play.now.floor.queue, [mo, bob]);
  assert.equal(play.refusal(by(mo), { type: "raiseHand" }), "hand.already-raised");
});

test("a hand is raised by a seat, for itself, in a meeting that was opened, from inside the chamber", () => {
  assert.equal(opened().refusal(office, { type: "raiseHand" }), "role.not-allowed");
  assert.equal(planned().refusal(by(mo), { type: "raiseHand" }), "meeting.not-open");
  const gone = opened().with([house, { type: "leave", seats: [mo] }]);
  assert.equal(gone.refusal(by(mo), { type: "raiseHand" }), "seat.absent");
});

test("an observer neither asks for the floor nor gets it", () => {
  assert.equal(opened().refusal(by(otto), { type: "raiseHand" }), "role.not-allowed");
  assert.equal(opened().refusal(by(anna), { type: "giveFloor", seat: otto }), "role.not-allowed");
});

test("a person lowers their own hand, the chair anyone's, a member nobody else's", () => {
  const play = opened().with([by(mo), { type: "raiseHand" }], [by(bob), { type: "raiseHand" }]);
  assert.equal(play.refusal(by(iris), { type: "lowerHand", seat: mo }), "role.not-allowed");
  play.with([by(mo), { type: "lowerHand", seat: mo }], [by(anna), { type: "lowerHand", seat: bob }]);
  assert.deepEqual(play.now.floor.queue, []);
  assert.equal(play.refusal(by(mo), { type: "lowerHand", seat: mo }), "hand.not-raised");
  assert.equal(play.refusal(by(anna), { type: "lowerHand", seat: stranger }), "seat.unknown");
});

test("the floor goes to one person, who leaves the queue and fills the picture", () => {
  const play = opened().with([by(mo), { type: "raiseHand" }], [by(anna), { type: "giveFloor", seat: mo }]);
  assert.deepEqual(play.now.floor, { holder: mo, queue: [] });
  assert.deepEqual(programmeOf(play.now), { kind: "live", epoch: 2, focus: mo, item: null });
  play.with([by(anna), { type: "giveFloor", seat: iris }]);
  assert.equal(play.now.floor.holder, iris);
});

test("the chair gives the floor to whoever is there, unasked if need be, and once", () => {
  const play = opened().with([by(anna), { type: "giveFloor", seat: gita }]);
  assert.equal(play.refusal(by(anna), { type: "giveFloor", seat: gita }), "floor.already-held");
  assert.equal(play.refusal(by(gita), { type: "raiseHand" }), "floor.already-held");
  assert.equal(play.refusal(by(mo), { type: "giveFloor", seat: mo }), "role.not-allowed");
  assert.equal(play.refusal(by(anna), { type: "giveFloor", seat: stranger }), "seat.unknown");
  play.with([house, { type: "leave", seats: [mo] }]);
  assert.equal(play.refusal(by(anna), { type: "giveFloor", seat: mo }), "seat.absent");
});

test("the floor is given only while the meeting is open", () => {
  const play = opened().with([by(anna), { type: "suspendMeeting" }]);
  assert.equal(play.refusal(by(anna), { type: "giveFloor", seat: mo }), "meeting.not-open");
});

test("nobody has the floor who may not come behind closed doors", () => {
  const play = opened().with([by(anna), { type: "closeDoors" }]);
  assert.equal(play.refusal(by(anna), { type: "giveFloor", seat: bob }), "seat.not-admitted");
});

test("a citizen's microphone and camera work while they have the floor", () => {
  const play = opened();
  assert.deepEqual(mediaRightsOf(play.now, bob), { publish: [], subscribe: true });
  play.with([by(anna), { type: "giveFloor", seat: bob }]);
  assert.ok(mediaRightsOf(play.now, bob)?.publish.includes("microphone"));
  play.with([by(anna), { type: "takeFloor", seat: bob }]);
  assert.deepEqual(mediaRightsOf(play.now, bob), { publish: [], subscribe: true });
});

test("the chair takes the floor, and whoever has it gives it back", () => {
  const play = opened().with([by(anna), { type: "giveFloor", seat: mo }]);
  assert.equal(play.refusal(by(iris), { type: "takeFloor", seat: mo }), "role.not-allowed");
  assert.equal(play.refusal(by(mo), { type: "takeFloor", seat: mo }), null);
  play.with([by(anna), { type: "takeFloor", seat: mo }]);
  assert.equal(play.now.floor.holder, null);
});

test("a click that comes late takes the floor from nobody else", () => {
  const play = opened().with(
    [by(anna), { type: "giveFloor", seat: mo }],
    [by(anna), { type: "giveFloor", seat: iris }],
  );
  assert.equal(play.refusal(by(anna), { type: "takeFloor", seat: mo }), "floor.not-held");
  assert.equal(play.now.floor.holder, iris);
});
