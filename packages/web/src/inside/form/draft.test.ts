import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { Drafts, type Drawer } from "./draft.ts";

function tab(): Drawer {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const shape = z.object({ title: z.string() });

test("what was typed is there again in the same tab, until it is sent", () => {
  const drawer = tab();
  new Drafts(() => drawer).write("plan", { title: "Raad" });
  const drafts = new Drafts(() => drawer);
  assert.deepEqual(drafts.read("plan", shape), { title: "Raad" });
  drafts.forget("plan");
  assert.equal(drafts.read("plan", shape), null);
});

test("a draft of another shape, as an older page left it, is none", () => {
  const drawer = tab();
  const drafts = new Drafts(() => drawer);
  drafts.write("plan", { name: "Raad" });
  assert.equal(drafts.read("plan", shape), null);
  drawer.setItem("raadhuis.draft.plan", "{half");
  assert.equal(drafts.read("plan", shape), null);
});

test("whoever signs out leaves no draft behind, and nothing else is touched", () => {
  const drawer = tab();
  const drafts = new Drafts(() => drawer);
  for (const key of ["plan", "list", "person"]) drafts.write(key, { title: key });
  drawer.setItem("raadhuis.off.seat.camera", "off");
  drafts.forgetAll();
  assert.deepEqual([drawer.length, drawer.key(0)], [1, "raadhuis.off.seat.camera"]);
});

test("where the browser keeps nothing, forms work all the same", () => {
  const drafts = new Drafts(() => {
    throw new DOMException("", "SecurityError");
  });
  drafts.write("plan", { title: "Raad" });
  drafts.forgetAll();
  assert.equal(drafts.read("plan", shape), null);
});
