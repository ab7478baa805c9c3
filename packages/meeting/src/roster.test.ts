import assert from "node:assert/strict";
import { test } from "node:test";
import { nameIsTaken, nameKey } from "./index.ts";

test("case, width, spacing and what is not drawn make no other name", () => {
  for (const same of ["JAN DE VRIES", "Jan  de\u00a0Vries", "Ｊan de Vries", "J\u00adan de\u2060 Vries"])
    assert.equal(nameKey(same), nameKey("Jan de Vries"), same);
  assert.equal(nameKey("STRASSE"), nameKey("Straße"));
  assert.equal(nameKey("Zoe\u0308"), nameKey("Zoë"));
});

test("accents and other letters make another name", () => {
  assert.notEqual(nameKey("Zoe"), nameKey("Zoë"));
  assert.notEqual(nameKey("Jan de Vries"), nameKey("Jan de Fries"));
});

test("an erased name is in nobody's way", () => {
  assert.equal(nameIsTaken([{ name: null }], "Jan de Vries"), false);
});
