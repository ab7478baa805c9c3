import assert from "node:assert/strict";
import { test } from "node:test";
import { actOf } from "./shortcuts.ts";

const press = (key: string, held = {}) =>
  actOf({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    repeat: false,
    isComposing: false,
    ...held,
  });

test("a letter alone does what the button does, also with Caps Lock", () => {
  assert.equal(press("m"), "microphone");
  assert.equal(press("M"), "microphone");
  assert.equal(press("h"), "hand");
});

test("a letter with another key, held down, or of another act does nothing", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey", "shiftKey", "repeat", "isComposing"])
    assert.equal(press("m", { [held]: true }), null, held);
  for (const key of ["x", "Enter", " ", "é"]) assert.equal(press(key), null);
});
