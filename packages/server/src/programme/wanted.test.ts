import assert from "node:assert/strict";
import { test } from "node:test";
import { MeetingId, type MeetingState, type Role, SeatId } from "@raadhuis/meeting";
import { type Claim, claimOf, standings } from "./wanted.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STARTS = 1_800_000_000_000;

const seat = (role: Role, present: boolean): MeetingState["seats"][number] => ({
  ...{ id: SeatId.parse("seatseat"), name: "", party: null, removed: false, wasIn: present },
  ...{ role, present },
});

interface Case {
  phase?: MeetingState["phase"];
  opened?: boolean;
  /** Who is in. */
  in?: Role;
  /** How long ago somebody who conducts was last in, ms. */
  conducted?: number;
}

/** `at`: after the meeting's time, ms. */
const why = (at: number, { phase = "planned", opened = phase !== "planned", in: role, conducted }: Case = {}) =>
  claimOf(
    { phase, startsAt: STARTS, openedAt: opened ? STARTS : null, seats: role ? [seat(role, true)] : [] },
    conducted === undefined ? null : STARTS + at - conducted,
    STARTS + at,
  ).why;

test("a broadcast is wanted around the meeting's time, while somebody conducts, and from the opening to the end", () => {
  const cases: [said: string, at: number, Case, ReturnType<typeof why>][] = [
    ["weeks ahead", -21 * 24 * HOUR, {}, null],
    ["weeks ahead, members and observers inside", -21 * 24 * HOUR, { in: "member" }, null],
    ["weeks ahead, an observer inside", -21 * 24 * HOUR, { in: "observer" }, null],
    ["weeks ahead, the chair inside", -21 * 24 * HOUR, { in: "chair" }, "conductor"],
    ["weeks ahead, the deputy inside", -21 * 24 * HOUR, { in: "deputy" }, "conductor"],
    ["weeks ahead, the clerk inside", -21 * 24 * HOUR, { in: "clerk" }, "conductor"],
    ["the chair has just gone", -HOUR, { conducted: 5 * MINUTE - 1 }, "conductor"],
    ["the chair is gone for good", -HOUR, { conducted: 5 * MINUTE }, null],
    ["a moment too early", -10 * MINUTE - 1, {}, null],
    ["ten minutes before", -10 * MINUTE, {}, "time"],
    ["on time", 0, {}, "time"],
    ["not opened yet", 4 * HOUR - 1, {}, "time"],
    ["never opened", 4 * HOUR, {}, null],
    ["opened very late, the chair inside", 30 * HOUR, { in: "chair" }, "conductor"],
    ["planned for a time beyond any timer", -400 * 24 * HOUR, {}, null],
    ["opened days ahead, nobody inside", -48 * HOUR, { phase: "open" }, "begun"],
    ["suspended for days", 48 * HOUR, { phase: "suspended" }, "begun"],
    ["closed, not all of it released", 48 * HOUR, { phase: "ended" }, "begun"],
    ["closed and never opened", 0, { phase: "ended", opened: false }, null],
  ];
  for (const [said, at, standing, expected] of cases) assert.equal(why(at, standing), expected, said);
});

test("of those that are not open so many have theirs, the nearest and conducted first; open ones all have it", () => {
  const time = (awayMs: number, conducted = false): Claim => ({ why: "time", conducted, awayMs });
  const inside = (awayMs: number): Claim => ({ why: "conductor", conducted: true, awayMs });
  const begun: Claim = { why: "begun" };
  const none: Claim = { why: null };
  const W = "wanted";
  const Q = "queued";
  const cases: [said: string, Claim[], string[]][] = [
    ["room for all", [time(1), inside(2)], [W, W]],
    ["the nearest first", [time(3), time(1), time(2)], [Q, W, W]],
    ["its time before somebody inside", [inside(0), time(3), time(2)], [Q, W, W]],
    ["conducted before nearest", [time(1), time(2), time(3, true)], [W, Q, W]],
    ["open ones take no place", [begun, begun, begun, time(1), time(2)], [W, W, W, W, W]],
    ["nor do those that are not wanted", [none, time(1), none, time(2)], ["unwanted", W, "unwanted", W]],
    ["of equals always the same", [time(1), time(1), time(1)], [W, W, Q]],
  ];
  for (const [said, claims, expected] of cases) {
    const named = claims.map((claim, index): [MeetingId, Claim] => [MeetingId.parse(`meeting${index}`), claim]);
    for (const order of [named, named.toReversed()]) {
      const found = standings(new Map(order), 2);
      assert.deepEqual(
        named.map(([id]) => found.get(id)),
        expected,
        said,
      );
    }
  }
});
