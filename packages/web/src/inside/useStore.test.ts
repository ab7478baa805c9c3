import assert from "node:assert/strict";
import { test } from "node:test";
import { areSame } from "./useStore.ts";

test("what is put together anew of the same things is the same", () => {
  const seat = { id: "a" };
  assert.ok(areSame([seat, 1], [seat, 1]));
  assert.ok(areSame({ phase: "open", seat }, { phase: "open", seat }));
  assert.ok(areSame(Number.NaN, Number.NaN));
});

test("what holds another thing, more or fewer is not", () => {
  assert.ok(!areSame([{ id: "a" }], [{ id: "a" }]), "members are not looked into");
  assert.ok(!areSame([1], [1, 2]));
  assert.ok(!areSame({ a: 1 }, { b: 1 }));
  assert.ok(!areSame({ a: undefined }, { b: undefined }));
  assert.ok(!areSame([], {}));
  assert.ok(!areSame(null, {}));
  assert.ok(!areSame(new Map(), new Map()), "of what is neither list nor plain object nothing is known");
});
