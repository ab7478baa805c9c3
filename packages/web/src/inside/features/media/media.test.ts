import assert from "node:assert/strict";
import { test } from "node:test";
import { carryOver, isAir } from "./carryOver.ts";
import { problemOf } from "./problems.ts";
import { reconnectPolicy } from "./reconnect.ts";
import { lookAgainIn, nextSpotlight } from "./speaker.ts";

const on = { microphone: true, camera: true };

test("nobody is on air by accident: going on air turns everything off and asks", () => {
  assert.deepEqual(carryOver(on, true), { microphone: false, camera: false, prompt: true });
});

test("behind closed doors microphone and camera come back as they were", () => {
  assert.deepEqual(carryOver(on, false), { ...on, prompt: false });
  const onlyCamera = { microphone: false, camera: true };
  assert.deepEqual(carryOver(onlyCamera, false), { ...onlyCamera, prompt: false });
});

test("an epoch that the page has not folded yet is taken to be on air", () => {
  assert.equal(isAir(3, null), true);
  assert.equal(isAir(3, { number: 2, onAir: false }), true);
  assert.equal(isAir(3, { number: 3, onAir: false }), false);
  assert.equal(isAir(3, { number: 3, onAir: true }), true);
});

test("a lost room is tried for again within a second many times, and given up after a minute", () => {
  const pause = (retryCount: number, elapsedMs: number) =>
    reconnectPolicy.nextRetryDelayInMs({ retryCount, elapsedMs });
  assert.ok((pause(0, 0) ?? 999) <= 100);
  // What cannot be resumed is joined anew.
  assert.ok((pause(1, 100) ?? 999) <= 100);
  for (let tries = 1; tries < 12; tries++) assert.ok((pause(tries, tries * 250) ?? 999) <= 300);
  assert.equal(pause(30, 20_000), 1000);
  assert.equal(pause(80, 60_001), null);
});

test("the large picture goes to who speaks, holds for two seconds, and stays while all are silent", () => {
  const here = () => true;
  const first = nextSpotlight({ seat: null, since: 0 }, ["anna"], here, 1000);
  assert.equal(first.seat, "anna");
  assert.equal(nextSpotlight(first, ["bram", "anna"], here, 2500).seat, "anna");
  const second = nextSpotlight(first, ["bram"], here, 3000);
  assert.deepEqual(second, { seat: "bram", since: 3000 });
  assert.equal(nextSpotlight(second, [], here, 60_000).seat, "bram");
});

test("who begins to speak just after the picture changed is looked at again when it may change", () => {
  const spotlight = { seat: "anna", since: 1000 };
  assert.equal(lookAgainIn(spotlight, ["bram"], 1500), 1500);
  assert.equal(lookAgainIn(spotlight, ["anna", "bram"], 1500), null);
  assert.equal(lookAgainIn(spotlight, [], 1500), null);
  const pause = lookAgainIn(spotlight, ["bram"], 1500) ?? 0;
  assert.equal(nextSpotlight(spotlight, ["bram"], () => true, 1500 + pause).seat, "bram");
});

test("whoever has left is large no longer, at once", () => {
  const before = { seat: "anna", since: 1000 };
  const here = (seat: string) => seat !== "anna";
  assert.equal(nextSpotlight(before, [], here, 1100).seat, null);
  assert.equal(nextSpotlight(before, ["bram"], here, 1100).seat, "bram");
});

test("why a device does not open is told apart", () => {
  assert.equal(problemOf(new DOMException("", "NotAllowedError")), "refused");
  assert.equal(problemOf(new DOMException("", "NotReadableError")), "in-use");
  assert.equal(problemOf(new DOMException("", "OverconstrainedError")), "missing");
  assert.equal(problemOf(new Error("?")), "failed");
});
