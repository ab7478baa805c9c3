import assert from "node:assert/strict";
import { test } from "node:test";
import { Newest } from "./newest.ts";

test("one at a time, and of those that wait only the newest", async () => {
  const newest = new Newest();
  const done: string[] = [];
  const first = Promise.withResolvers<void>();
  const work = (what: string, until?: Promise<void>) => async () => {
    await until;
    done.push(what);
  };
  const all = [newest.do(work("first", first.promise)), newest.do(work("second")), newest.do(work("third"))];
  first.resolve();
  await Promise.all(all);
  assert.deepEqual(done, ["first", "third"]);
});

test("what fails is told to those it was done for, and keeps up nothing after it", async () => {
  const newest = new Newest();
  const fails = newest.do(() => Promise.reject(new Error("disk full")));
  const after = newest.do(async () => {});
  await assert.rejects(fails, /disk full/);
  await after;
  await newest.do(async () => {});
});
