import assert from "node:assert/strict";
import { test } from "node:test";
import { mayEnter, mediaRightsOf, type Role, type SeatId, seatOf } from "../index.ts";
import {
  anna,
  bob,
  by,
  gita,
  house,
  iris,
  kees,
  mo,
  office,
  opened,
  Play,
  plan,
  planned,
  stranger,
} from "../testing/council.ts";

const assign = (seat: SeatId, role: Role, name: string) =>
  ({ type: "assignSeat", seat, role, name, party: null }) as const;

test("a seat is assigned to a person by name, role and party", () => {
  const seat = { type: "assignSeat", seat: mo, role: "member", name: "Mo Haddad", party: "Groen" } as const;
  const play = new Play().with(plan(), [office, seat]);
  assert.deepEqual(play.now.seats, [
    { id: mo, role: "member", name: "Mo Haddad", party: "Groen", removed: false, present: false, wasIn: false },
  ]);
});

test("a seat is assigned once, by whoever conducts", () => {
  assert.equal(planned().refusal(office, assign(mo, "member", "Somebody Else")), "seat.exists");
  assert.equal(planned().refusal(by(mo), assign(stranger, "guest", "A friend")), "role.not-allowed");
  assert.equal(opened().refusal(by(kees), assign(stranger, "guest", "An expert")), null);
});

test("nobody takes a name that another seat has, however it is written", () => {
  const play = planned().with([by(anna), { type: "removeSeat", seat: iris }]);
  for (const name of ["Anna de Wit", "ANNA DE WIT", "Anna  de Wit", "Ａnna de Wit", "An\u200bna de Wit", "Iris Jansen"])
    assert.equal(play.refusal(office, assign(stranger, "guest", name)), "seat.name-taken", name);
});

test("a removed person loses floor, hand, presence and every right", () => {
  const play = opened().with(
    [by(mo), { type: "raiseHand" }],
    [by(anna), { type: "giveFloor", seat: iris }],
    [by(anna), { type: "removeSeat", seat: iris }],
    [by(anna), { type: "removeSeat", seat: mo }],
  );
  assert.deepEqual(play.now.floor, { holder: null, queue: [] });
  for (const seat of [mo, iris]) {
    assert.equal(seatOf(play.now, seat)?.present, false);
    assert.equal(mayEnter(play.now, seat), false);
    assert.equal(mediaRightsOf(play.now, seat), null);
    assert.equal(play.refusal(by(seat), { type: "raiseHand" }), "seat.removed");
    assert.equal(play.refusal(house, { type: "arrive", seats: [seat] }), "seat.removed");
  }
});

test("a removed chair commands nothing", () => {
  const play = opened().with([by(kees), { type: "removeSeat", seat: anna }]);
  assert.equal(play.refusal(by(anna), { type: "readmitSeat", seat: anna }), "seat.removed");
  assert.equal(play.refusal(by(anna), { type: "endMeeting" }), "seat.removed");
});

test("a person is removed by whoever conducts, once", () => {
  const play = opened().with([by(kees), { type: "removeSeat", seat: bob }]);
  assert.equal(play.refusal(by(kees), { type: "removeSeat", seat: bob }), "seat.removed");
  assert.equal(play.refusal(by(kees), { type: "removeSeat", seat: stranger }), "seat.unknown");
  assert.equal(play.refusal(by(mo), { type: "removeSeat", seat: gita }), "role.not-allowed");
});

test("the last one who conducts is removed by the office only", () => {
  const play = opened().with([by(anna), { type: "removeSeat", seat: kees }]);
  assert.equal(play.refusal(by(anna), { type: "removeSeat", seat: anna }), "seat.last-chair");
  assert.equal(play.refusal(office, { type: "removeSeat", seat: anna }), null);
});

test("a person admitted anew may enter again, and is not there before they come", () => {
  const play = opened().with(
    [by(anna), { type: "removeSeat", seat: mo }],
    [by(anna), { type: "readmitSeat", seat: mo }],
  );
  assert.equal(mayEnter(play.now, mo), true);
  assert.equal(seatOf(play.now, mo)?.present, false);
  assert.equal(play.refusal(by(anna), { type: "readmitSeat", seat: mo }), "seat.not-removed");
  assert.equal(play.refusal(by(anna), { type: "readmitSeat", seat: stranger }), "seat.unknown");
  assert.equal(play.refusal(by(iris), { type: "readmitSeat", seat: mo }), "role.not-allowed");
});

test("the house says who comes and goes, and nobody else does", () => {
  const play = planned().with([house, { type: "arrive", seats: [mo] }]);
  assert.equal(seatOf(play.now, mo)?.present, true);
  assert.equal(play.refusal(house, { type: "arrive", seats: [mo] }), "seat.present");
  assert.equal(play.refusal(by(mo), { type: "leave", seats: [mo] }), "role.not-allowed");
  assert.equal(play.refusal(office, { type: "arrive", seats: [iris] }), "role.not-allowed");
  play.with([house, { type: "leave", seats: [mo] }]);
  assert.equal(seatOf(play.now, mo)?.present, false);
  assert.equal(play.refusal(house, { type: "leave", seats: [mo] }), "seat.absent");
  assert.equal(play.refusal(house, { type: "leave", seats: [stranger] }), "seat.unknown");
});

test("whoever has left is told from whoever has not come yet", () => {
  const play = planned().with([house, { type: "arrive", seats: [mo] }], [house, { type: "leave", seats: [mo] }]);
  const stands = (id: SeatId) => [seatOf(play.now, id)?.present, seatOf(play.now, id)?.wasIn];
  assert.deepEqual(
    [stands(mo), stands(iris)],
    [
      [false, true],
      [false, false],
    ],
  );
  play.with([house, { type: "arrive", seats: [mo] }]);
  assert.deepEqual(stands(mo), [true, true]);
});

test("the house does not conduct", () => {
  assert.equal(opened().refusal(house, { type: "endMeeting" }), "role.not-allowed");
});

test("whoever drops out for a minute keeps their turn, and the floor", () => {
  const play = opened().with(
    [by(mo), { type: "raiseHand" }],
    [by(anna), { type: "giveFloor", seat: iris }],
    [house, { type: "leave", seats: [mo] }],
    [house, { type: "leave", seats: [iris] }],
  );
  assert.deepEqual(play.now.floor, { holder: iris, queue: [mo] });
});

test("whoever says that they leave lowers their hand, and gives back the floor", () => {
  const play = opened().with(
    [by(mo), { type: "raiseHand" }],
    [by(anna), { type: "giveFloor", seat: iris }],
    [house, { type: "leave", seats: [mo], said: true }],
    [house, { type: "leave", seats: [iris], said: true }],
    [house, { type: "leave", seats: [gita], said: true }],
  );
  assert.deepEqual(play.now.floor, { holder: null, queue: [] });
  assert.equal(seatOf(play.now, gita)?.present, false);
});

test("the hand of whoever dropped out is lowered by whoever conducts", () => {
  const play = opened().with([by(mo), { type: "raiseHand" }], [house, { type: "leave", seats: [mo] }]);
  assert.equal(play.refusal(house, { type: "lowerHand", seat: mo }), "role.not-allowed");
  assert.deepEqual(play.with([by(kees), { type: "lowerHand", seat: mo }]).now.floor.queue, []);
});

test("the house ends the floor of whoever is gone, and of nobody who is here", () => {
  const play = opened().with([by(anna), { type: "giveFloor", seat: mo }]);
  assert.equal(play.refusal(house, { type: "takeFloor", seat: mo }), "seat.present");
  play.with([house, { type: "leave", seats: [mo] }]);
  assert.equal(play.refusal(house, { type: "takeFloor", seat: iris }), "seat.present");
  assert.equal(play.with([house, { type: "takeFloor", seat: mo }]).now.floor.holder, null);
  assert.equal(play.refusal(house, { type: "takeFloor", seat: stranger }), "seat.unknown");
});

test("whoever has no seat commands nothing", () => {
  assert.equal(opened().refusal(by(stranger), { type: "raiseHand" }), "seat.unknown");
});
