import assert from "node:assert/strict";
import { test } from "node:test";
import { isMissed } from "./staying.ts";

const off = { sending: { microphone: false, camera: false }, sharing: null };

test("whoever only listens closes the tab unasked; whoever is heard, seen or conducts is asked", () => {
  assert.equal(isMissed("open", "member", off), false);
  assert.equal(isMissed("open", "member", { ...off, sending: { microphone: true, camera: false } }), true);
  assert.equal(isMissed("open", "member", { ...off, sending: { microphone: false, camera: true } }), true);
  for (const role of ["chair", "deputy", "clerk"] as const) {
    assert.equal(isMissed("open", role, off), true);
    assert.equal(isMissed("suspended", role, off), true);
    assert.equal(isMissed("planned", role, off), false);
  }
});
