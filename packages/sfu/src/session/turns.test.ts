import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Bucket } from "./limits.ts";
import { Turns } from "./turns.ts";

/** Turns on a clock of the test's own, and people whose tasks take as long as they are told. */
function stage() {
  let used = 0;
  let now = 0;
  const done: string[] = [];
  const turns = new Turns(() => used);
  const person = (name: string, burst = 100) => {
    const time = new Bucket({ burst, perSecond: 10 }, () => now);
    const owner = { here: true };
    let count = 0;
    const ask = (takes: number) => {
      const nth = ++count;
      const run = () => {
        used += takes;
        done.push(`${name}${nth}`);
      };
      return turns.take({ owner, time, run, isWanted: () => owner.here });
    };
    return { ask, owner, time };
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { person, done, pass };
}

describe("what takes long", () => {
  it("is done at once where nobody else's is, and one in each turn otherwise", async () => {
    const { person, done } = stage();
    const [anna, bert] = [person("anna"), person("bert")];
    anna.ask(1);
    anna.ask(1);
    bert.ask(1);
    assert.deepEqual(done, ["anna1"]);
    await turn();
    assert.equal(done.length, 2);
    await turn();
    assert.equal(done.length, 3);
  });

  it("is done first for whoever has used least, and for one person in their order", async () => {
    const { person, done } = stage();
    const [anna, bert] = [person("anna"), person("bert")];
    for (let times = 0; times < 4; times++) anna.ask(20);
    bert.ask(20);
    for (let turns = 0; turns < 6; turns++) await turn();
    assert.deepEqual(done, ["anna1", "bert1", "anna2", "anna3", "anna4"]);
  });

  it("waits for whoever has used up their time until there is some again, and others are not held up", async (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const { person, done, pass } = stage();
    const [anna, bert] = [person("anna"), person("bert")];
    anna.ask(150);
    await turn();
    anna.ask(1);
    await turn();
    bert.ask(1);
    assert.deepEqual(done, ["anna1", "bert1"]);
    await turn();
    pass(4_000);
    test.mock.timers.tick(4_000);
    assert.equal(done.length, 2);
    pass(1_001);
    test.mock.timers.tick(1_001);
    assert.deepEqual(done, ["anna1", "bert1", "anna2"]);
  });

  it("is refused when too much of one person's waits, and only then", async () => {
    const { person, done } = stage();
    const [anna, bert] = [person("anna"), person("bert")];
    const taken = Array.from({ length: 6 }, () => anna.ask(1));
    assert.deepEqual(taken, [...Array(5).fill(true), false]);
    assert.equal(bert.ask(1), true);
    for (let turns = 0; turns < 12; turns++) await turn();
    assert.equal(done.length, 6);
  });

  it("is not done for whoever has gone, and takes no place of theirs", async () => {
    const { person, done } = stage();
    const anna = person("anna");
    for (let times = 0; times < 5; times++) anna.ask(1);
    anna.owner.here = false;
    for (let turns = 0; turns < 12; turns++) await turn();
    assert.deepEqual(done, ["anna1"]);
    anna.owner.here = true;
    assert.equal(anna.ask(1), true);
    assert.equal(done.length, 2);
  });
});
