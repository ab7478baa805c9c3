import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as settled } from "node:timers/promises";
import { pino } from "pino";
import { PartFailed } from "./lives.ts";
import type { Part } from "./part.ts";
import { Parts } from "./parts.ts";

/** Parts that say what they do, and what was logged. */
function house({ longestStopMs = 10_000 } = {}) {
  const did: string[] = [];
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const says = (what: string) => () => void did.push(what);
  const part = (name: string, other: Partial<Part> = {}): Part => ({
    ...{ name, start: says(`${name} starts`), stop: says(`${name} stops`) },
    ...other,
  });
  const duty = (name: string) => ({ start: says(`${name} on duty`), stop: says(`${name} off duty`) });
  return { parts: new Parts(log, longestStopMs), did, logged, part, duty };
}

const fails = () => {
  throw new Error("no room");
};

test("parts start in their order and stop in the reverse", async () => {
  const { parts, did, part } = house();
  for (const name of ["one", "two", "three"]) parts.add(part(name));
  await parts.start();
  await parts.stop();
  await parts.stop();
  assert.deepEqual(did, ["one starts", "two starts", "three starts", "three stops", "two stops", "one stops"]);
});

test("a part waits until the one before it has started", async () => {
  const { parts, did, part } = house();
  const open = Promise.withResolvers<void>();
  parts.add(part("slow", { start: () => open.promise.then(() => void did.push("slow starts")) }));
  parts.add(part("quick"));
  const started = parts.start();
  open.resolve();
  await started;
  assert.deepEqual(did, ["slow starts", "quick starts"]);
});

test("when one cannot start, those that have begun are stopped, and it is named", async () => {
  const { parts, did, part } = house();
  const { start, ...made } = part("made");
  for (const one of [part("one"), part("bad", { start: fails }), made, part("late")]) parts.add(one);
  await assert.rejects(parts.start(), (error) => {
    assert.ok(error instanceof PartFailed && error.cause instanceof Error);
    assert.deepEqual([error.part, error.message], ["bad", '"bad" could not start: no room']);
    return true;
  });
  await parts.stop();
  assert.deepEqual(did, ["one starts", "made stops", "one stops"]);
});

test("what was made and never started is stopped, where there is nothing to start", async () => {
  const { parts, did, part } = house();
  const { start, ...made } = part("made");
  for (const one of [made, part("one")]) parts.add(one);
  await parts.stop();
  assert.deepEqual(did, ["made stops"]);
});

test("one that cannot stop keeps no other from stopping", async () => {
  const { parts, did, logged, part } = house();
  for (const one of [part("one"), part("throws", { stop: fails }), part("rejects", { stop: async () => fails() })])
    parts.add(one);
  await parts.start();
  await parts.stop();
  assert.equal(did.at(-1), "one stops");
  assert.deepEqual(
    logged.map(({ part, msg }) => [part, msg]),
    [
      ["rejects", "a part did not stop"],
      ["throws", "a part did not stop"],
    ],
  );
});

test("nor does one that never ends stopping", async () => {
  const { parts, did, logged, part } = house({ longestStopMs: 20 });
  for (const one of [part("one"), part("stuck", { stop: () => new Promise(() => undefined) })]) parts.add(one);
  await parts.start();
  await parts.stop();
  assert.equal(did.at(-1), "one stops");
  assert.deepEqual(
    logged.map(({ part, msg }) => [part, msg]),
    [["stuck", "a part did not stop in time"]],
  );
});

test("a duty is taken up and laid down while its part goes on", async () => {
  const { parts, did, part, duty } = house();
  for (const name of ["one", "two"]) parts.add(part(name, { duty: duty(name) }));
  await parts.start();
  did.length = 0;
  await parts.startDuty();
  await parts.startDuty();
  await parts.stopDuty();
  await parts.stopDuty();
  assert.deepEqual(did, ["one on duty", "two on duty", "two off duty", "one off duty"]);
  did.length = 0;
  await parts.startDuty();
  await parts.stop();
  assert.deepEqual(did, [
    ...["one on duty", "two on duty", "two off duty", "one off duty"],
    ...["two stops", "one stops"],
  ]);
});

test("a duty that is lost while it is being taken up is laid down when that is done", async () => {
  const { parts, did, part, duty } = house();
  const ready = Promise.withResolvers<void>();
  const slow = { ...duty("slow"), start: () => ready.promise.then(() => void did.push("slow on duty")) };
  parts.add(part("slow", { duty: slow }));
  await parts.start();
  did.length = 0;
  const both = [parts.startDuty(), parts.stopDuty()];
  ready.resolve();
  await Promise.all(both);
  assert.deepEqual(did, ["slow on duty", "slow off duty"]);
});

test("duties are laid down at once: one that takes its time keeps no other on duty", async () => {
  const { parts, did, part, duty } = house();
  const done = Promise.withResolvers<void>();
  parts.add(part("one", { duty: duty("one") }));
  parts.add(part("slow", { duty: { ...duty("slow"), stop: () => done.promise } }));
  await parts.start();
  await parts.startDuty();
  did.length = 0;
  const stopped = parts.stopDuty();
  await settled();
  assert.deepEqual(did, ["one off duty"]);
  done.resolve();
  await stopped;
});

test("where one of the duties cannot be taken up, none is, and parts go on", async () => {
  const { parts, did, part, duty } = house();
  parts.add(part("one", { duty: duty("one") }));
  parts.add(part("bad", { duty: { ...duty("bad"), start: fails } }));
  await parts.start();
  did.length = 0;
  await assert.rejects(parts.startDuty(), /"bad" could not start: no room/);
  assert.deepEqual(did, ["one on duty", "one off duty"]);
});

test("a house that is closing takes up no duty any more", async () => {
  const { parts, did, part, duty } = house();
  parts.add(part("one", { duty: duty("one") }));
  await parts.start();
  await Promise.all([parts.stop(), parts.startDuty()]);
  assert.deepEqual(did, ["one starts", "one stops"]);
});

test("no two parts have one name", () => {
  const { parts, part } = house();
  parts.add(part("one"));
  assert.throws(() => parts.add(part("one")), /Two parts are called "one"/);
});
