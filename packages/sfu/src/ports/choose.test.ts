import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { chooseThread, peoplePerThread } from "./choose.ts";

const threads = fc.array(
  fc.nat(100).chain((room) => fc.nat(100).map((others) => ({ room, all: room + others }))),
  { minLength: 1, maxLength: 8 },
);

/** Threads after so many have joined one room. */
function filled(count: number, people: number, full: number) {
  const loads = Array.from({ length: count }, () => ({ room: 0, all: 0 }));
  for (let person = 0; person < people; person++) {
    const chosen = loads[chooseThread(loads, full)];
    assert.ok(chosen);
    chosen.room += 1;
    chosen.all += 1;
  }
  return loads.map(({ room }) => room);
}

describe("which thread carries the next one of a room", () => {
  it("is always one that there is", () =>
    fc.assert(
      fc.property(threads, (loads) => {
        assert.ok(loads[chooseThread(loads)]);
      }),
    ));

  it("keeps a small room on one thread", () =>
    assert.deepEqual(filled(4, peoplePerThread, peoplePerThread), [peoplePerThread, 0, 0, 0]));

  it("takes no thread that is new to the room while one it has is not full", () =>
    fc.assert(
      fc.property(threads, (loads) => {
        if (!loads.some(({ room }) => room > 0 && room < peoplePerThread)) return;
        const chosen = loads[chooseThread(loads)];
        assert.ok(chosen && chosen.room > 0 && chosen.room < peoplePerThread);
      }),
    ));

  it("begins a room where there is least", () =>
    assert.equal(
      chooseThread([
        { room: 0, all: 9 },
        { room: 0, all: 3 },
        { room: 0, all: 5 },
      ]),
      1,
    ));

  it("spreads a room evenly that has filled them all", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(300), (count, people) => {
        const rooms = filled(count, people, 10);
        const used = rooms.filter((room) => room > 0);
        if (people > count * 10) assert.ok(Math.max(...rooms) - Math.min(...rooms) <= 1);
        else assert.ok(used.length === Math.ceil(people / 10));
      }),
    ));
});
