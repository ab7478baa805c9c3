import assert from "node:assert/strict";
import { test } from "node:test";
import { argumentsOf } from "./arguments.ts";

test("without arguments there is no demo, and words for a person", () => {
  assert.deepEqual(argumentsOf([]), { arguments: { demo: false, people: 3, planned: false, json: false } });
});

test("a demo with people, in JSON", () => {
  assert.deepEqual(argumentsOf(["--demo", "--people", "2", "--json"]), {
    arguments: { demo: true, people: 2, planned: false, json: true },
  });
});

test("help is help, whatever else is asked", () => assert.equal(argumentsOf(["--demo", "--help"]), "help"));

for (const given of [
  ["--people", "3"],
  ["--demo", "--people", "9"],
  ["--demo", "--people", "-1"],
  ["--demo", "--people", "two"],
  ["--dem"],
  ["demo"],
])
  test(`"${given.join(" ")}" is refused with a sentence`, () => {
    const answer = argumentsOf(given);
    assert.ok(answer !== "help" && "problem" in answer);
    assert.match(answer.problem, /\w+/);
  });
