import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, type MeetingEvent, MeetingId, SeatId, type UnnumberedEvent } from "@raadhuis/meeting";
import type { ServerMessage } from "@raadhuis/protocol/socket";
import { pauseBefore } from "./backoff.ts";
import { folded, nothing } from "./folded.ts";

const meeting = MeetingId.parse("meeting123");
const anna = SeatId.parse("seatanna1");
const head = (version: number) => ({
  meeting,
  version,
  at: 1000 + version,
  by: { kind: "house", part: "presence" } as const,
});

const planned: MeetingEvent = {
  ...head(1),
  type: "meeting.planned",
  structure: { kind: "public", startsAt: 5000, recording: true, bodyId: null, organId: null },
  payload: { body: "Raad", organ: null, title: "Vergadering" },
};
const seated: MeetingEvent = {
  ...head(2),
  type: "seat.assigned",
  structure: { seat: anna, role: "chair" },
  payload: { name: "Anna", party: null },
};
const arrived: MeetingEvent = { ...head(3), type: "seat.arrived", structure: { seats: [anna] }, payload: null };

const unnumbered = ({ meeting: _meeting, version: _version, ...event }: MeetingEvent): UnnumberedEvent => event;
const events = (...events: MeetingEvent[]): ServerMessage => ({ type: "events", events: events.map(unnumbered) });
const begun = fold([planned])!;
/** The whole, as it is after the planning; and what was missed. */
const said = { type: "welcome", you: { kind: "seat", seat: anna }, now: 10_000, zone: "Europe/Amsterdam" } as const;
const welcome = (): ServerMessage => ({ ...said, from: "here", state: begun });
const missed = (...events: MeetingEvent[]): ServerMessage => ({
  ...said,
  from: "here",
  events: events.map(unnumbered),
});

test("a page folds the events it is sent into the same state, however they are cut up", () => {
  const first = folded(nothing, welcome(), 9000);
  const once = folded(first, events(seated, arrived), 9000);
  const twice = folded(folded(first, missed(seated), 9000), events(arrived), 9000);
  assert.deepEqual(once.state, twice.state);
  assert.equal(once.state?.seats[0]?.present, true);
  assert.equal(once.clockOffset, 1000);
});

test("events come without a number, and a page counts them from its welcome", () => {
  const first = folded(nothing, welcome(), 0);
  assert.deepEqual([first.from, first.state?.version], ["here", 1]);
  assert.equal(folded(first, events(seated, arrived), 0).state?.version, 3);
});

test("an event before any state is no event of ours", () => {
  assert.throws(() => folded(nothing, events(arrived), 0), /before the state/);
});

test("a whole state in a welcome takes the place of what was known", () => {
  const state = folded(folded(nothing, welcome(), 0), events(seated, arrived), 0).state;
  const after = folded(
    nothing,
    { type: "welcome", you: { kind: "office" }, now: 0, zone: "America/Kralendijk", from: "there", state: state! },
    0,
  );
  assert.deepEqual(after.state, state);
  assert.equal(after.zone, "America/Kralendijk");
});

test("whoever is put out holds no ticket and no right, and is in again by the next welcome", () => {
  const ticket = { epoch: 1, room: "meeting123-1", token: "t", publish: ["camera" as const] };
  const inside = folded(folded(nothing, welcome(), 0), { type: "media", tickets: [ticket] }, 0);
  assert.deepEqual(inside.publish, ["camera"]);
  const told = {
    title: "Raad",
    body: "Gemeente",
    startsAt: 1,
    seat: { id: anna, name: "Anna", role: "chair" as const },
  };
  const outside = folded(inside, { type: "out", code: "doors.closed", outside: told }, 0);
  assert.deepEqual([outside.out, outside.tickets, outside.publish], ["doors.closed", [], []]);
  assert.deepEqual(outside.outside, told);
  const again = folded(outside, welcome(), 0);
  assert.deepEqual([again.out, again.outside], [null, null]);
});

test("pauses between tries begin at a quarter of a second and never grow beyond two seconds and a bit", () => {
  const pauses = [1, 2, 3, 4, 10, 100].map((attempt) => pauseBefore(attempt, 0.5));
  assert.deepEqual(pauses, [250, 500, 1000, 2000, 2000, 2000]);
  assert.ok(pauseBefore(1, 0) < pauseBefore(1, 1));
  assert.ok(pauseBefore(100, 1) <= 2400);
});
