import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { Seldom } from "./seldom.ts";

describe("what is told seldom", () => {
  let at = 0;
  beforeEach(() => {
    at = 0;
    mock.timers.enable({ apis: ["setTimeout"] });
    mock.method(performance, "now", () => at);
  });
  afterEach(() => mock.reset());

  const pass = (ms: number) => {
    at += ms;
    mock.timers.tick(ms);
  };

  it("is told soon after the first change, and once for all that change within the time", () => {
    let told = 0;
    const seldom = new Seldom(5000, () => {
      told += 1;
    });
    seldom.changed();
    seldom.changed();
    pass(1);
    assert.equal(told, 1);
    for (let index = 0; index < 10; index++) {
      seldom.changed();
      pass(100);
    }
    assert.equal(told, 1);
    pass(4100);
    assert.equal(told, 2);
    pass(20_000);
    assert.equal(told, 2);
  });

  it("is told no more once it has stopped", () => {
    let told = 0;
    const seldom = new Seldom(5000, () => {
      told += 1;
    });
    seldom.changed();
    seldom.stop();
    pass(10_000);
    assert.equal(told, 0);
  });
});
