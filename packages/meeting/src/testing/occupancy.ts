import assert from "node:assert/strict";
import { isOnAir, mayEnter, mediaRightsOf, meetingOfRoom, occupancyOf, placesOf, programmeOf } from "../index.ts";
import { anySeat, eventsOf, type Invariants, type Moment } from "./moment.ts";

const roomsOf = ({ after }: Moment) => (after ? occupancyOf(after) : []);

/** What holds of the rooms of every meeting, whatever chapters come to say of them. */
export const occupancy: Invariants = {
  "a meeting that has ended has no room, and any other has rooms of its present epoch, each by a name of its own": (
    moment,
  ) => {
    const { after } = moment;
    const rooms = roomsOf(moment);
    assert.equal(rooms.length > 0, after !== undefined && after.phase !== "ended");
    assert.equal(new Set(rooms.map(({ name }) => name)).size, rooms.length);
    for (const { name, epoch } of rooms) {
      assert.equal(meetingOfRoom(name), after?.id);
      assert.equal(epoch, after?.epoch.number);
    }
  },

  "nobody is in a room who may not enter, and whoever may belongs in one, with no right beyond their own": (moment) => {
    const { after } = moment;
    for (const seat of anySeat) {
      const places = placesOf(roomsOf(moment), seat);
      assert.equal(places.length > 0, after !== undefined && mayEnter(after, seat));
      const may = after && mediaRightsOf(after, seat);
      for (const { rights } of places) {
        assert.ok(rights.publish.every((source) => may?.publish.includes(source)));
        assert.ok(!rights.subscribe || may?.subscribe);
      }
    }
  },

  "no identity is twice in a room, and every seat there is one of the meeting": (moment) => {
    for (const { occupants } of roomsOf(moment)) {
      assert.equal(new Set(occupants.map(({ identity }) => identity)).size, occupants.length);
      for (const occupant of occupants)
        if (occupant.kind === "seat") assert.ok(moment.after?.seats.some(({ id }) => id === occupant.identity));
    }
  },

  "the broadcast belongs in a room while the programme is live, and at no other time": (moment) => {
    const isLive = moment.after !== undefined && programmeOf(moment.after).kind === "live";
    assert.equal(roomsOf(moment).some(isOnAir), isLive);
  },

  "no room of an epoch in which the doors were closed is ever one for the broadcast": (moment, soFar) => {
    const closed = eventsOf(soFar).flatMap((event) => (event.type === "doors.closed" ? [event.structure.epoch] : []));
    for (const room of roomsOf(moment)) if (closed.includes(room.epoch)) assert.ok(!isOnAir(room));
  },

  "a room that was once without the broadcast, or has lost it, never gets it": (moment, soFar) => {
    for (const room of roomsOf(moment)) {
      if (!isOnAir(room)) continue;
      const same = soFar.flatMap(roomsOf).filter(({ name }) => name === room.name);
      assert.ok(same.every(isOnAir));
    }
  },
};
