import assert from "node:assert/strict";
import { test } from "node:test";
import { isNavigation, languageOf, WrongDoors, wrongDoorPage } from "./wrongDoor.ts";

test("a page is for browsers that navigate, in the first language that the house speaks", () => {
  assert.equal(isNavigation("GET", "text/html,application/xhtml+xml,*/*;q=0.8"), true);
  for (const [method, accept] of [["POST", "text/html"], ["GET", "*/*"], ["GET", "application/json"], ["GET"]])
    assert.equal(isNavigation(method, accept), false);
  assert.equal(languageOf("fr-FR,en;q=0.7,nl;q=0.3", "nl"), "en");
  assert.equal(languageOf("nl-BE", "en"), "nl");
  assert.equal(languageOf("fr", "nl"), "nl");
  assert.equal(languageOf(undefined, "en"), "en");
  for (const language of ["nl", "en"] as const) {
    const page = wrongDoorPage("RAADHUIS_GALLERY_URL", language);
    assert.ok(page.includes(`lang="${language}"`) && page.includes("RAADHUIS_GALLERY_URL"));
    assert.ok(!/style|script|href|src/.test(page), "it stands under a policy that allows nothing from elsewhere");
  }
});

test("requests for another host are told once a minute, shortened, and counted meanwhile", () => {
  let now = 0;
  const told: object[] = [];
  const doors = new WrongDoors(
    (one) => told.push(one),
    () => now,
  );
  doors.count("a.example", "b.example");
  for (let n = 0; n < 1000; n++) doors.count("x".repeat(10_000), "b.example");
  assert.deepEqual(told, [{ came: "a.example", expected: "b.example", more: 0 }]);
  now = 60_000;
  doors.count("x".repeat(10_000), "b.example");
  assert.deepEqual(told[1], { came: "x".repeat(259), expected: "b.example", more: 1000 });
  doors.count(undefined, "b.example");
  assert.equal(told.length, 2);
});
