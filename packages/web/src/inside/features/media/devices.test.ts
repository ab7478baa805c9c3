import assert from "node:assert/strict";
import { test } from "node:test";
import { goneAfter, goneRead, realOf } from "./devices.ts";

const choice = (id: string, group: string) => ({ id, label: id, group });

test("the browser's default is the device that it stands for", () => {
  const choices = [choice("default", "2"), choice("a", "1"), choice("b", "2")];
  assert.equal(realOf(choices, "default")?.id, "b");
  assert.equal(realOf(choices, "a")?.id, "a");
  assert.equal(realOf(choices, "c"), null);
  assert.equal(realOf([choice("default", "2")], "default")?.id, "default");
});

test("a device that is gone is offered each time it is back, unless the offer was declined", () => {
  const gone = { id: "a", label: "a", word: "replaced" } as const;
  const [with_, without] = [[choice("a", "1"), choice("b", "2")], [choice("b", "2")]];
  assert.equal(goneAfter(gone, without, true)?.word, "replaced");
  const back = goneAfter(goneRead(gone), with_, true);
  assert.equal(back?.word, "back");
  assert.equal(goneAfter(back, without, true)?.word, "replaced");
  assert.equal(goneAfter(back, without, false)?.word, "off");
  assert.equal(goneRead(back), null);
  assert.equal(goneAfter(null, with_, true), null);
});
