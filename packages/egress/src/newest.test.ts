import assert from "node:assert/strict";
import { test } from "node:test";
import { Newest } from "./newest.ts";

/** Work that takes until it is told to end. */
const held = () => Promise.withResolvers<void>();

test("one at a time for each name, and of those that wait only the newest", async () => {
  const newest = new Newest();
  const done: string[] = [];
  const [first, other] = [held(), held()];
  const work = (what: string, until?: Promise<void>) => async () => {
    await until;
    done.push(what);
  };
  const all = [
    newest.do("order", work("first", first.promise)),
    newest.do("order", work("second")),
    newest.do("order", work("third")),
    newest.do("state", work("other", other.promise)),
  ];
  other.resolve();
  await all[3];
  assert.deepEqual(done, ["other"]);
  first.resolve();
  await Promise.all(all);
  assert.deepEqual(done, ["other", "first", "third"]);
});

test("what fails is told to those it was done for, and keeps up nothing after it", async () => {
  const newest = new Newest();
  const fails = newest.do("order", () => Promise.reject(new Error("disk full")));
  const after = newest.do("order", async () => {});
  await assert.rejects(fails, /disk full/);
  await after;
  await newest.do("order", async () => {});
});
