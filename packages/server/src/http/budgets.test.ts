import assert from "node:assert/strict";
import { test } from "node:test";
import { HouseError } from "../errors.ts";
import { Allowance } from "./allowance.ts";
import { Budgets } from "./budgets.ts";

test("a budget has so much at once, and what is spent beyond is to be waited for", () => {
  let now = 0;
  const budgets = new Budgets({ burst: 10, perSecond: 2 }, () => now);
  assert.equal(budgets.spend("a", 10).waitMs, 0);
  assert.equal(budgets.spend("a", 1).waitMs, 500);
  assert.equal(budgets.spend("b", 1).waitMs, 0, "another's is another");
  now += 500;
  assert.equal(budgets.spend("a", 0).waitMs, 0);
  now += 60_000;
  assert.equal(budgets.spend("a", 10).waitMs, 0);
  assert.ok(budgets.spend("a", 1).waitMs > 0, "it fills to its burst and no further");
});

test("a budget knows for how long it has been overdrawn, until it has had a rest", () => {
  let now = 0;
  const budgets = new Budgets({ burst: 10, perSecond: 1 }, () => now);
  budgets.spend("a", 11);
  now += 1_500;
  budgets.spend("a", 0);
  assert.equal(budgets.spend("a", 1).forMs, 1_500);
  now += 10_000;
  assert.equal(budgets.spend("a", 11).forMs, 0);
});

test("a budget that owes is not forgotten, however many there are beside it", () => {
  let now = 0;
  const budgets = new Budgets({ burst: 10, perSecond: 1 }, () => now);
  budgets.spend("a", 1000);
  for (let i = 0; i < 25_000; i++) {
    now += 0.1;
    budgets.spend(`other ${i}`, 0);
  }
  assert.ok(budgets.spend("a", 0).waitMs > 900_000);
});

test("what is refused is not charged, so that whoever goes on asking shuts nobody out for long", () => {
  let now = 0;
  const budgets = new Budgets({ burst: 10, perSecond: 2 }, () => now);
  const taken = Array.from({ length: 1_000 }, () => budgets.take("a", 1, 2_000).taken);
  assert.equal(taken.filter(Boolean).length, 14);
  assert.equal(budgets.take("a", 1, 2_000).waitMs, 2_500);
  now += 500;
  assert.deepEqual(budgets.take("a", 1, 2_000), { waitMs: 2_000, forMs: 500, taken: true });
  now += 2_000;
  assert.equal(budgets.take("a", 0, 0).waitMs, 0);
});

const chair = "meeting seat:chair";

test("a clerk who presses quickly and a page that comes back are not slowed", () => {
  let now = 0;
  const allowance = new Allowance(() => now);
  const page = allowance.enter(chair, "192.0.2.1");
  for (let click = 0; click < 90; click++) assert.deepEqual(page({ messages: 1 }), { waitMs: 0, over: false });
  now += 60_000;
  for (let time = 0; time < 60; time++) {
    now += 2_000;
    const again = allowance.enter(chair, "192.0.2.1");
    for (let said = 0; said < 4; said++) assert.equal(again({ messages: 1, bytes: 700 }).waitMs, 0);
  }
});

test("many sockets of one seat have what one has, and no more opens while they owe", () => {
  const now = 0;
  const allowance = new Allowance(() => now);
  const sockets = Array.from({ length: 16 }, () => allowance.enter(chair, "192.0.2.1"));
  const verdicts = Array.from({ length: 120 }, (_, i) => sockets[i % 16]!({ messages: 1 }));
  assert.ok(verdicts.some(({ waitMs }) => waitMs > 0));
  assert.ok(verdicts.at(-1)?.over, "and whoever goes on is put out");
  assert.throws(
    () => allowance.enter(chair, "192.0.2.1"),
    // Opening cost 48, then 120 messages; 100 are free: 68 are owed, at 5 a second.
    (error) => error instanceof HouseError && error.code === "request.too-many" && error.retryAfter === 14,
  );
});

test("whoever pays each debt and makes the next at once is put out too", () => {
  let now = 0;
  const allowance = new Allowance(() => now);
  const page = allowance.enter(chair, "192.0.2.1");
  let put = false;
  for (; !put && now < 120_000; ) {
    const { waitMs, over } = page({ messages: 10 });
    put = over;
    now += waitMs;
  }
  assert.ok(put);
});

test("many seats of one network have a bound together: they are slowed, and none is put out for another", () => {
  let now = 0;
  const allowance = new Allowance(() => now);
  const verdicts = Array.from({ length: 200 }, (_, seat) => {
    const page = allowance.enter(`meeting seat:${seat}`, "192.0.2.1");
    return page({ messages: 90 });
  });
  assert.ok(verdicts.at(-1)!.waitMs > 0);
  assert.ok(verdicts.every(({ waitMs, over }) => waitMs <= 2_000 && !over));
  assert.equal(allowance.enter("meeting seat:far", "198.51.100.1")({ messages: 1 }).waitMs, 0);
  now += 3_000;
  assert.equal(allowance.enter("meeting seat:late", "192.0.2.1")({ messages: 1 }).waitMs, 0, "nor slowed for long");
});

test("a council of two hundred that comes back at once behind one address is not slowed", () => {
  const allowance = new Allowance(() => 0);
  for (let seat = 0; seat < 200; seat++) {
    const page = allowance.enter(`meeting seat:${seat}`, "192.0.2.1");
    for (let said = 0; said < 10; said++) assert.equal(page({ messages: 1, bytes: 700 }).waitMs, 0);
  }
});
