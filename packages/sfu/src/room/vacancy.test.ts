import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { Vacancy } from "./vacancy.ts";

describe("an empty room", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  it("ends when its time is over", () => {
    const over = mock.fn();
    new Vacancy(over).look(true, 20);
    mock.timers.tick(19_999);
    assert.equal(over.mock.callCount(), 0);
    mock.timers.tick(1);
    assert.equal(over.mock.callCount(), 1);
  });

  it("stays when somebody came, and has its whole time again after they have gone", () => {
    const over = mock.fn();
    const vacancy = new Vacancy(over);
    vacancy.look(true, 300);
    vacancy.look(false, 300);
    mock.timers.tick(400_000);
    vacancy.look(true, 20);
    mock.timers.tick(19_999);
    assert.equal(over.mock.callCount(), 0);
    mock.timers.tick(1);
    assert.equal(over.mock.callCount(), 1);
  });

  it("is not over at once when it was given more time than a timer can have", () => {
    const over = mock.fn();
    new Vacancy(over).look(true, 2 ** 32 - 1);
    mock.timers.tick(24 * 24 * 3600 * 1000);
    assert.equal(over.mock.callCount(), 0);
  });

  it("gets no more time from whoever does not count and comes and goes", () => {
    const over = mock.fn();
    const vacancy = new Vacancy(over);
    vacancy.look(true, 20);
    mock.timers.tick(19_000);
    vacancy.look(true, 300);
    mock.timers.tick(1_000);
    assert.equal(over.mock.callCount(), 1);
  });
});
