import assert from "node:assert/strict";
import { test } from "node:test";
import { Director } from "./director.ts";

test("the floor holder is shown, whoever speaks", () => {
  const director = new Director();
  for (let at = 0; at < 1000; at += 20) director.heard("alice", -20, at);
  director.look(1000, 0, "bob", ["alice", "bob"]);
  assert.equal(director.at(1000), "bob");
});

test("before anybody has spoken, whoever came first with a camera stands in", () => {
  const director = new Director();
  director.look(0, 0, null, []);
  director.look(100, 0, null, ["alice", "bob"]);
  assert.equal(director.at(100), "alice");
});

test("the past is remembered as long as frames of it are still to be made, and its cameras are wanted so long", () => {
  const director = new Director();
  director.look(0, 0, "alice", ["alice", "bob"]);
  director.look(1000, 0, "bob", ["alice", "bob"]);
  assert.equal(director.at(999), "alice");
  assert.deepEqual(director.wanted, new Set(["alice", "bob"]));
  director.look(3000, 2000, "bob", ["alice", "bob"]);
  assert.deepEqual(director.wanted, new Set(["bob"]));
});

test("however far what is made is behind, whoever is in it stays wanted, and nobody is shown before their turn", () => {
  const director = new Director();
  director.look(0, 0, "alice", ["alice", "bob"]);
  director.look(1000, 0, "bob", ["alice", "bob"]);
  director.look(3200, 999, "bob", ["alice", "bob"]);
  assert.equal(director.at(999), "alice");
  assert.deepEqual(director.wanted, new Set(["alice", "bob"]));
  director.look(3300, 1000, "bob", ["alice", "bob"]);
  assert.equal(director.at(1000), "bob");
  assert.deepEqual(director.wanted, new Set(["bob"]));
});

test("who has left is not shown on: somebody else stands in", () => {
  const director = new Director();
  for (let at = 0; at < 1000; at += 20) director.heard("alice", -20, at);
  director.look(1000, 0, null, ["alice", "bob"]);
  director.left("alice");
  director.look(1100, 100, null, ["bob"]);
  assert.equal(director.at(1100), "bob");
});
