import assert from "node:assert/strict";
import { test } from "node:test";
import { ScreenDirector } from "./screens.ts";

/** Looks every 100 ms, at frames a second old. Whoever is in `pictures` has had one since then. */
function stage() {
  const director = new ScreenDirector();
  const pictures = new Map<string, number>();
  let now = 0;
  return {
    pictures,
    get now() {
      return now;
    },
    look(ms: number, ...shared: string[]) {
      for (const end = now + ms; now < end; now += 100)
        director.look(now, now - 1000, shared, (who, at) => (pictures.get(who) ?? Number.NaN) <= Math.min(at, now));
      return [...director.wanted].sort();
    },
  };
}

test("of several screens the first one's is wanted, and the next one's as soon as that has ended", () => {
  const { pictures, look } = stage();
  pictures.set("anna", 0);
  assert.deepEqual(look(3000, "anna", "bert", "cees"), ["anna"]);
  pictures.set("bert", 3200);
  assert.deepEqual(look(100, "bert", "cees"), ["anna", "bert"], "what anna sent is still to be shown");
  assert.deepEqual(look(3000, "bert", "cees"), ["bert"]);
  assert.deepEqual(look(3000), []);
});

test("what stands stays until a picture of the next one is due", () => {
  const house = stage();
  house.pictures.set("bert", 0);
  house.look(3000, "bert");
  assert.deepEqual(house.look(3000, "anna", "bert"), ["anna", "bert"]);
  house.pictures.set("anna", house.now);
  assert.deepEqual(house.look(900, "anna", "bert"), ["anna", "bert"]);
  assert.deepEqual(house.look(300, "anna", "bert"), ["anna"]);
});

test("whoever shares a screen without a picture keeps nobody off for long, and is tried again", () => {
  const { pictures, look } = stage();
  assert.deepEqual(look(4000, "anna", "bert"), ["anna"]);
  pictures.set("bert", 5500);
  assert.deepEqual(look(4000, "anna", "bert"), ["bert"]);
  let tried = 0;
  for (let looked = 0; looked < 300; looked++) {
    const wanted = look(100, "anna", "bert");
    assert.ok(wanted.includes("bert"));
    if (wanted.includes("anna")) tried++;
  }
  assert.ok(tried > 0, "never tried again");
  assert.ok(tried < 100, `${tried} of 300 looks`);
});

test("a screen without a picture is waited for while there is no other", () => {
  const { look } = stage();
  assert.deepEqual(look(20_000, "anna"), ["anna"]);
});
