import assert from "node:assert/strict";
import { test } from "node:test";
import { type Role, type Seat, SeatId } from "@raadhuis/meeting";
import { ownSeats } from "./ownSeats.ts";

const seat = (name: string | null, role: Role, removed = false): Seat => ({
  ...{ id: SeatId.parse("seatseat"), party: null, present: false, wasIn: false },
  ...{ name, role, removed },
});

test("the clerk's own seat is the one with their name, or else any clerk's", () => {
  const chair = seat("Kim Griffier", "chair");
  const kim = seat("kim  griffier", "clerk");
  const lee = seat("Lee", "clerk");
  const names = (seats: Seat[]) => ownSeats({ seats }, "Kim Griffier").map(({ name }) => name);
  assert.deepEqual(names([chair, lee, kim]), ["kim  griffier"]);
  assert.deepEqual(names([chair, lee, seat(null, "clerk")]), ["Lee", null]);
  assert.deepEqual(names([chair, seat("Kim Griffier", "clerk", true)]), []);
});
