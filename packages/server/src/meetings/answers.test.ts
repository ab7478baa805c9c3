import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as settled } from "node:timers/promises";
import { Answers } from "./answers.ts";

test("a page is answered in the order in which it asks, each when the one before is done", async () => {
  const answers = new Answers();
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  answers.inTurn(async () => {
    await first.promise;
    told.push("first");
  });
  answers.inTurn(async () => void told.push("second"));
  answers.whenDone(() => void told.push("done"));
  answers.inTurn(async () => void told.push("third"));
  await settled();
  assert.equal(told.length, 0);
  first.resolve();
  await settled();
  assert.deepEqual(
    told.filter((word) => word !== "done"),
    ["first", "second", "third"],
  );
  assert.ok(told.indexOf("done") > told.indexOf("second"), "before what was asked by then was answered");
});

test("what is answered at once waits for nothing, and nothing waits for it", async () => {
  const answers = new Answers();
  const told: string[] = [];
  answers.inTurn(() => new Promise(() => {}));
  answers.atOnce(async () => void told.push("at once"));
  await settled();
  assert.deepEqual(told, ["at once"]);
  const others = new Answers();
  others.atOnce(() => new Promise(() => {}));
  others.inTurn(async () => void told.push("in turn"));
  others.whenDone(() => void told.push("done"));
  await settled();
  assert.deepEqual(told, ["at once", "in turn", "done"]);
});

test("so many may wait, and there is room again when they are answered", async () => {
  const answers = new Answers();
  const lock = Promise.withResolvers<void>();
  let asked = 0;
  for (; !answers.isFull && asked < 10_000; asked++) answers.inTurn(() => lock.promise);
  assert.equal(asked, 256);
  lock.resolve();
  await settled();
  assert.equal(answers.isFull, false);
});
