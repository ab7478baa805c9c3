import assert from "node:assert/strict";
import { test } from "node:test";
import { Places } from "./places.ts";

test("a place is read by its owner's meeting and page alone, and by the server that wrote it", () => {
  const places = new Places();
  const place = places.seal(123_456_789_012, "meeting seat:anna");
  assert.equal(places.open(place, "meeting seat:anna"), 123_456_789_012);
  assert.equal(places.open(place, "meeting seat:bram"), undefined);
  assert.equal(new Places().open(place, "meeting seat:anna"), undefined);
  for (const other of [
    "",
    "x",
    place.slice(1),
    `${place}AA`,
    place.replace(/^./, (letter) => (letter === "A" ? "B" : "A")),
  ])
    assert.equal(places.open(other, "meeting seat:anna"), undefined);
});

test("the same place is another word each time, of one length, and tells nothing of its number", () => {
  const places = new Places();
  const [one, again, far] = [places.seal(1, "a"), places.seal(1, "a"), places.seal(2 ** 40, "a")];
  assert.notEqual(one, again);
  assert.equal(one.length, far.length);
});
