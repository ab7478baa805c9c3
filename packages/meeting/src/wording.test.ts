import assert from "node:assert/strict";
import { test } from "node:test";
import { PersonName, Title, wordFault } from "./index.ts";

test("words are refused for being none, too many, or not to be seen", () => {
  assert.equal(wordFault(PersonName, "Jan de Vries"), null);
  assert.equal(wordFault(PersonName, "   "), "missing");
  assert.equal(wordFault(PersonName, "x".repeat(101)), "too-long");
  assert.equal(wordFault(Title, "x".repeat(300)), null);
  assert.equal(wordFault(Title, "x".repeat(301)), "too-long");
  for (const odd of ["a\tb", "Anna\u202eannA", "\u200b\u200b", "a\u0000b"])
    assert.equal(wordFault(PersonName, odd), "odd");
});
