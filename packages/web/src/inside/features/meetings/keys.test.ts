import assert from "node:assert/strict";
import { test } from "node:test";
import { keysOf } from "./keys.ts";

test("two people of one name and role have keys of their own", () => {
  const people = ["Kim", "Sam", "Kim"].map((name) => ({ name }));
  const keys = keysOf(people, ({ name }) => name).map(({ key }) => key);
  assert.equal(new Set(keys).size, 3);
});
