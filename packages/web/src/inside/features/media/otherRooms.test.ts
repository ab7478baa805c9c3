import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { OtherRooms } from "./otherRooms.ts";

/** A page whose media server never answers. */
function page(t: TestContext) {
  const asked: number[] = [];
  const value = { origin: "http://127.0.0.1:9" };
  Object.defineProperty(globalThis, "location", { value, configurable: true, writable: true });
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const rooms = new OtherRooms(() => asked.push(Date.now()));
  t.after(() => rooms.leave());
  return { rooms, asked, names: () => [...rooms.store.get().keys()] };
}

const ticket = (room: string) => ({ epoch: 2, room, token: `of ${room}`, publish: [] });

test("a page is in the rooms that it has tickets for, and in no other", (t) => {
  const { rooms, names } = page(t);
  rooms.follow([ticket("m-2-left"), ticket("m-2-right")], Date.now());
  assert.deepEqual(names(), ["m-2-left", "m-2-right"]);
  rooms.follow([ticket("m-2-right")], Date.now());
  assert.deepEqual(names(), ["m-2-right"]);
  rooms.follow([ticket("m-3-left")], Date.now());
  assert.deepEqual(names(), ["m-3-left"]);
  rooms.follow([], Date.now());
  assert.deepEqual(names(), []);
});

test("a ticket that is about to lapse is not tried: fresh ones are asked for, once", (t) => {
  const { rooms, asked, names } = page(t);
  const old = Date.now() - 50_000;
  rooms.follow([ticket("m-2-left")], old);
  rooms.follow([ticket("m-2-left"), ticket("m-2-right")], old);
  t.mock.timers.tick(10_000);
  assert.deepEqual(names(), []);
  assert.equal(asked.length, 1);
});
