import assert from "node:assert/strict";
import { test } from "node:test";
import { Serial, SerialByKey } from "./serial.ts";

/** Work that ends when it is told to. */
function work(done: string[], name: string) {
  const end = Promise.withResolvers<void>();
  const run = async () => {
    done.push(`${name} begins`);
    await end.promise;
    done.push(`${name} ends`);
    return name;
  };
  return { run, end: end.resolve, fail: end.reject };
}

test("one after the other, in their order, also behind one that fails", async () => {
  const done: string[] = [];
  const serial = new Serial();
  const [first, second, third] = ["first", "second", "third"].map((name) => work(done, name));
  const all = [first!, second!, third!].map(({ run }) => serial.run(run));
  third!.end();
  second!.fail(new Error("disk full"));
  first!.end();
  const settled = await Promise.allSettled(all);
  assert.deepEqual(
    settled.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
  assert.deepEqual(done, ["first begins", "first ends", "second begins", "third begins", "third ends"]);
});

test("it is settled when all that came is done, whether it went well or not", async () => {
  const serial = new Serial();
  let over = false;
  const only = work([], "only");
  serial.run(only.run).catch(() => {});
  const settled = serial.settled().then(() => {
    over = true;
  });
  await new Promise(setImmediate);
  assert.equal(over, false);
  only.fail(new Error("no"));
  await settled;
});

test("what is of another key does not wait, and a key that has nothing to do is forgotten", async () => {
  const done: string[] = [];
  const serial = new SerialByKey<string>();
  const [slow, next, other] = ["slow", "next", "other"].map((name) => work(done, name));
  const all = [serial.run("a", slow!.run), serial.run("a", next!.run), serial.run("b", other!.run)];
  other!.end();
  assert.equal(await all[2], "other");
  assert.deepEqual([serial.isBusy("a"), serial.isBusy("b")], [true, false]);
  slow!.end();
  next!.end();
  await Promise.all(all);
  await new Promise(setImmediate);
  assert.equal(serial.isBusy("a"), false);
  assert.deepEqual(done.slice(-3), ["slow ends", "next begins", "next ends"]);
});
