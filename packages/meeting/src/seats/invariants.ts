import assert from "node:assert/strict";
import { conducts, mayEnter, mediaRightsOf, nameKey, type SeatId, seatOf } from "../index.ts";
import { eventsOf, hasNoRight, type Invariants, type Moment, seats, stranger } from "../testing/moment.ts";

/** From the events alone, not from the state under test. */
function removedIn(moments: readonly Moment[]): Set<SeatId> {
  const removed = new Set<SeatId>();
  for (const event of eventsOf(moments)) {
    if (event.type === "seat.removed") removed.add(event.structure.seat);
    if (event.type === "seat.readmitted") removed.delete(event.structure.seat);
  }
  return removed;
}

export const invariants: Invariants = {
  "nobody without a seat has any right": (moment, soFar) => {
    const seated = eventsOf(soFar).flatMap((event) => (event.type === "seat.assigned" ? [event.structure.seat] : []));
    for (const id of [stranger, ...seats]) if (!seated.includes(id)) hasNoRight(moment, id);
  },

  "a removed seat has no right until it is admitted anew": (moment, soFar) => {
    for (const id of removedIn(soFar)) hasNoRight(moment, id);
  },

  "only seats that may enter are present": ({ after }) => {
    for (const { id, present } of after?.seats ?? []) if (present) assert.ok(mayEnter(after!, id));
  },

  "an observer publishes nothing, a citizen only with the floor": ({ after }) => {
    for (const { id, role } of after?.seats ?? []) {
      const publishes = (mediaRightsOf(after!, id)?.publish.length ?? 0) > 0;
      if (role === "observer") assert.ok(!publishes);
      if (role === "citizen") assert.equal(publishes, after!.floor.holder === id);
    }
  },

  "whoever does not conduct changes nothing but their own hand and floor": ({ before, actor, events }) => {
    if (!before || actor.kind !== "seat" || conducts(seatOf(before, actor.seat)?.role ?? "observer")) return;
    for (const event of events) {
      assert.ok(event.type === "hand.raised" || event.type === "hand.lowered" || event.type === "floor.taken");
      assert.equal(event.structure.seat, actor.seat);
    }
  },

  "presence is said by the house, and the house says nothing else but of whoever is gone": ({
    actor,
    events,
    after,
  }) => {
    for (const event of events) {
      const isPresence = event.type === "seat.arrived" || event.type === "seat.left";
      if (isPresence) assert.equal(actor.kind, "house");
      if (isPresence || actor.kind !== "house") continue;
      assert.ok(event.type === "hand.lowered" || event.type === "floor.taken");
      assert.equal(seatOf(after!, event.structure.seat)?.present, false);
    }
  },

  "those in the chamber never remove the last one who conducts": ({ actor, events, after }) => {
    if (actor.kind === "account" || !events.some(({ type }) => type === "seat.removed")) return;
    assert.ok(after!.seats.some(({ role, removed }) => conducts(role) && !removed));
  },

  "no two seats have the same name": ({ after }) => {
    const names = (after?.seats ?? []).flatMap(({ name }) => (name === null ? [] : [nameKey(name)]));
    assert.equal(new Set(names).size, names.length);
  },
};
