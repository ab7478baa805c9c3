import assert from "node:assert/strict";
import { test } from "node:test";
import { type MeetingState, mediaRightsOf, meetingOfRoom, occupancyOf, placesOf, roomName } from "./index.ts";
import { anna, bob, by, gita, kees, meeting, opened, otto, planned } from "./testing/council.ts";

const everything = ["camera", "microphone", "screen_share", "screen_share_audio"];
const namesOf = (state: MeetingState) => occupancyOf(state).map(({ name }) => name);
const identitiesOf = (state: MeetingState) =>
  occupancyOf(state).flatMap(({ occupants }) => occupants.map(({ identity }) => identity));

test("a planned meeting has the room of its first epoch, with every seat and its rights, and no broadcast", () => {
  const { now } = planned();
  assert.deepEqual(occupancyOf(now), [
    {
      name: `${meeting}-1`,
      epoch: 1,
      occupants: now.seats.map(({ id }) => ({ kind: "seat", identity: id, ...mediaRightsOf(now, id) })),
    },
  ]);
  const publishOf = (seat: typeof anna) => placesOf(occupancyOf(now), seat).map(({ rights }) => rights.publish);
  assert.deepEqual([publishOf(anna), publishOf(bob), publishOf(otto)], [[everything], [[]], [[]]]);
});

test("each epoch has a room of its own; behind closed doors are those who stay, and the broadcast is not", () => {
  const play = opened();
  assert.deepEqual(namesOf(play.now), [`${meeting}-2`]);
  assert.ok(identitiesOf(play.now).includes("egress"));
  play.with([by(anna), { type: "closeDoors", admitted: [gita] }]);
  assert.deepEqual(namesOf(play.now), [`${meeting}-3`]);
  const inside = identitiesOf(play.now);
  assert.ok(inside.includes(kees) && inside.includes(gita));
  for (const outside of [bob, otto, "egress"]) assert.ok(!inside.some((identity) => identity === outside));
});

test("suspended, everybody stays in the room, and the broadcast has no place there", () => {
  const play = opened().with([by(anna), { type: "suspendMeeting" }]);
  assert.deepEqual(namesOf(play.now), [`${meeting}-2`]);
  assert.deepEqual(
    identitiesOf(play.now),
    play.now.seats.map(({ id }) => id),
  );
});

test("neither a private meeting nor a call has a place for the broadcast", () => {
  for (const kind of ["private", "call"] as const)
    assert.ok(!identitiesOf(opened(kind).now).some((identity) => identity === "egress"));
});

test("a meeting that has ended has no room", () => {
  assert.deepEqual(occupancyOf(opened().with([by(anna), { type: "endMeeting" }]).now), []);
});

test("a room's name tells whose it is, and a name that no meeting's room has tells nothing", () => {
  for (const name of [roomName(meeting, 1), roomName(meeting, 12), roomName(meeting, 2, "left")])
    assert.equal(meetingOfRoom(name), meeting);
  const strange = ["lobby", meeting, `${meeting}-0`, `${meeting}-`, `${meeting}-2-`, `${meeting}-2-Left`, "a-1"];
  for (const name of [...strange, `${meeting}-2-left-right`, `${meeting}-2 `, `x/${meeting}-2`])
    assert.equal(meetingOfRoom(name), null, name);
});
