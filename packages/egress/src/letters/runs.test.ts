import assert from "node:assert/strict";
import { test } from "node:test";
import { readLettersFor } from "./faces.ts";
import { directed, fromTheRight, isolated, LEFT_TO_RIGHT, runsOf } from "./runs.ts";

/** What stands from the left to the right, without what shows nothing. */
async function standing(text: string): Promise<string[]> {
  await readLettersFor([text]);
  return runsOf(text)
    .map((run) => run.text.replace(/\p{Default_Ignorable_Code_Point}/gu, "").trim())
    .filter(Boolean);
}

test("an Arabic name with a number stands from right to left, the number from left to right", async () => {
  assert.deepEqual(await standing("المادة 12 من"), ["من", "12", "المادة"]);
});

test("an Arabic name within Dutch words leaves them in their order", async () => {
  assert.deepEqual(await standing("Omar عمر Jansen"), ["Omar", "عمر", "Jansen"]);
});

test("brackets around Hebrew open to where the text goes on", async () => {
  assert.deepEqual(await standing("תקציב (ב)"), [")", "ב", "(", "תקציב"]);
});

test("in a line of the house's own the number of an item stays before its title, whatever the title begins with", async () => {
  const title = "ميزانية 2026";
  assert.deepEqual(await standing(`${LEFT_TO_RIGHT}3. ${isolated(title)}`), ["3.", "2026", "ميزانية"]);
  assert.deepEqual(await standing(`${LEFT_TO_RIGHT}lid · ${isolated("حزب 66")}`), ["lid ·", "66", "حزب"]);
});

test("every line of a broken text begins from the side on which the text begins", () => {
  const lines = directed(["مشروع", "VVD مشروع"], "مشروع VVD مشروع");
  assert.deepEqual(lines.map(fromTheRight), [true, true]);
  assert.deepEqual(directed(["een", "twee"], "een twee"), ["een", "twee"]);
});
