import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProgrammeOrder } from "@raadhuis/protocol/children";
import { OrderTimeline, placed } from "./orders.ts";

const slate = { kind: "slate", slate: "doorsClosed", text: null } as const;
const live = (epoch: number, token = "t", focus: string | null = null) =>
  ({ kind: "live", epoch, room: `meeting1-${epoch}`, token, focus }) as const;

const order = (version: number, at: number, scene: ProgrammeOrder["scene"]): ProgrammeOrder => ({
  meeting: "meeting1",
  version,
  at,
  body: "b",
  title: "t",
  startsAt: 0,
  zone: "Europe/Amsterdam",
  locale: "nl",
  delayMs: 10_000,
  recording: true,
  scene,
  item: null,
  agenda: [],
  people: {},
  end: false,
  givenUp: false,
});

test("an order takes effect at its event's instant, not on arrival", () => {
  const orders = new OrderTimeline();
  orders.take(order(1, 1000, live(1)), 0);
  assert.deepEqual(orders.take(order(2, 5000, slate), 4500), { kind: "taken", at: 5000 });
  assert.equal(orders.at(4999)?.version, 1);
  assert.equal(orders.at(5000)?.version, 2);
});

test("before the first order's time, the first is in force, and none that came after it", () => {
  const orders = new OrderTimeline();
  assert.equal(orders.at(0), null);
  orders.take(order(1, 1000, slate), 0);
  orders.take(order(2, 2000, live(1)), 0);
  assert.equal(orders.at(500)?.version, 1);
});

test("an order older than what is known is ignored; the same one again brings a fresh ticket", () => {
  const orders = new OrderTimeline();
  orders.take(order(2, 1000, live(1, "old")), 0);
  assert.deepEqual(orders.take(order(1, 500, slate), 0), { kind: "known" });
  assert.deepEqual(orders.take(order(2, 1000, live(1, "fresh")), 9000), { kind: "known" });
  assert.deepEqual(orders.at(2000)?.scene, live(1, "fresh"));
});

test("what went on air after the doors had closed is to be destroyed", () => {
  const orders = new OrderTimeline();
  orders.take(order(1, 1000, live(1)), 0);
  assert.deepEqual(orders.take(order(2, 5000, slate), 8000), { kind: "late", destroyFrom: 5000 });
  assert.equal(orders.at(5000)?.version, 2);
});

test("another room is another place: its frames do not count as those of the one before", () => {
  const orders = new OrderTimeline();
  orders.take(order(1, 1000, live(1)), 0);
  assert.deepEqual(orders.take(order(2, 5000, live(3)), 8000), { kind: "late", destroyFrom: 5000 });
});

test("a new item or speaker that comes late destroys nothing: it holds from the next frame on", () => {
  const orders = new OrderTimeline();
  orders.take(order(1, 1000, live(1)), 0);
  assert.deepEqual(orders.take(order(2, 5000, live(1, "t", "seatofbob")), 8000), { kind: "taken", at: 8000 });
  assert.equal(orders.at(7999)?.version, 1);
  assert.equal(orders.at(8000)?.version, 2);
});

test("it is known until when an order holds, so that no frames are made in one go across a cut", () => {
  const orders = new OrderTimeline();
  assert.equal(orders.nextAfter(0), Number.POSITIVE_INFINITY);
  orders.take(order(1, 1000, live(1)), 0);
  orders.take(order(2, 5000, slate), 0);
  assert.equal(orders.nextAfter(1000), 5000);
  assert.equal(orders.nextAfter(4999), 5000);
  assert.equal(orders.nextAfter(5000), Number.POSITIVE_INFINITY);
});

test("the order in force is never forgotten", () => {
  const orders = new OrderTimeline();
  for (const version of [1, 2, 3]) orders.take(order(version, version * 1000, live(1)), 0);
  orders.forget(2500);
  assert.equal(orders.at(1500)?.version, 2);
  assert.equal(orders.at(2500)?.version, 2);
  assert.equal(orders.latest?.version, 3);
});

test("where the programme's clock is ahead of the wall's, an event of now is one of now", () => {
  const hour = 3_600_000;
  const now = 10 * hour;
  assert.equal(placed(order(1, now - hour, slate), hour, now).at, now);
  assert.equal(placed(order(1, now - hour - 500, slate), hour, now).at, now - 500);
  // Told before the clock was set back: its time is the programme's already.
  assert.equal(placed(order(1, now - 500, slate), hour, now).at, now - 500);
});

test("no event lies in the future: a wall clock set forward puts off nothing", () => {
  assert.equal(placed(order(1, 5000, slate), 0, 1000).at, 1000);
});

test("the same order told again keeps its instant", () => {
  const orders = new OrderTimeline();
  orders.take(order(1, 1000, slate), 0);
  orders.take(order(1, 9000, slate), 0);
  assert.equal(orders.latest?.at, 1000);
});
