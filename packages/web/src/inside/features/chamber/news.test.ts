import assert from "node:assert/strict";
import { test } from "node:test";
import { newsOf, type Sign, seenAfter } from "./news.ts";

const hands = (...seats: string[]): Sign[] => seats.map((seat): Sign => `floor ${seat}`);
const nothing = () => false;

test("what comes to a panel that is not in sight is news, until it is looked at", () => {
  const seen = seenAfter(hands("ann"), hands("ann", "bob", "cas"), nothing);
  assert.deepEqual(newsOf(seen, hands("ann", "bob", "cas")), new Map([["floor", 2]]));
  const looked = seenAfter(seen, hands("ann", "bob", "cas"), (panel) => panel === "floor");
  assert.deepEqual(newsOf(looked, hands("ann", "bob", "cas")), new Map());
});

test("another panel that is in sight changes nothing", () => {
  const seen = seenAfter([], hands("ann"), (panel) => panel === "agenda");
  assert.deepEqual(
    newsOf(seen, [...hands("ann"), "agenda 3"]),
    new Map([
      ["floor", 1],
      ["agenda", 1],
    ]),
  );
});

test("a hand that is lowered is no news any more, and is news again when it is raised again", () => {
  const seen = seenAfter(hands("ann"), [], nothing);
  assert.deepEqual(newsOf(seen, []), new Map());
  assert.deepEqual(newsOf(seen, hands("ann")), new Map([["floor", 1]]));
});
