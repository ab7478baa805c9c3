import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Resvg } from "@resvg/resvg-js";
import { readLettersFor } from "./faces.ts";
import { depthOf, shaped, textAt, widthOf } from "./line.ts";
import { runsOf } from "./runs.ts";
import { samples } from "./samples.ts";

const SIZE = 100;
const page = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="400">${content}</svg>`;
const inkOf = (content: string, fontFiles: string[] = []): { left: number; right: number; bottom: number } => {
  const box = new Resvg(page(content), { font: { loadSystemFonts: false, fontFiles } }).getBBox();
  assert.ok(box);
  return { left: box.x, right: box.x + box.width, bottom: box.y + box.height };
};

test("a line is as wide as it is drawn, in every script", async () => {
  for (const [script, name] of Object.entries(samples)) {
    await readLettersFor([name]);
    const width = widthOf(name, SIZE, 600);
    const { left, right } = inkOf(textAt(0, 200, SIZE, 600, "#fff", name));
    // What stands before the first letter and after the last belongs to the width.
    assert.ok(left > -0.1 * SIZE && left < 0.15 * SIZE, `${script}: begins at ${left}`);
    assert.ok(Math.abs(right - width) < 0.03 * width + 0.1 * SIZE, `${script}: ${right} of ${width}`);
  }
});

test("words in Latin, Greek and Cyrillic letters are set as another program sets them", async () => {
  const { resolve } = createRequire(import.meta.url);
  const file = resolve("@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf");
  for (const script of ["Dutch", "Vietnamese", "Turkish", "Maltese", "Greek", "Ukrainian"]) {
    const name = samples[script]!;
    await readLettersFor([name]);
    const own = inkOf(textAt(0, 200, SIZE, 600, "#fff", name));
    const theirs = inkOf(
      `<text x="0" y="200" font-family="Noto Sans" font-size="${SIZE}" font-weight="600">${name}</text>`,
      [file],
    );
    assert.ok(Math.abs(own.right - theirs.right) < 0.02 * theirs.right, `${script}: ${own.right}, ${theirs.right}`);
  }
});

test("how far signs hang under their line is measured", async () => {
  const name = samples.Tibetan!;
  await readLettersFor([name, "Anna"]);
  const { bottom } = inkOf(textAt(0, 200, SIZE, 600, "#fff", name));
  assert.ok(Math.abs(depthOf(name, SIZE, 600) - (bottom - 200)) < 2);
  assert.ok(depthOf("Anna", SIZE, 600) < 0.05 * SIZE);
});

test("an Arabic letter has the form of its place in the word", async () => {
  await readLettersFor(["ببب"]);
  const formsIn = (text: string): Set<number> => new Set(shaped(runsOf(text)[0]!, 400).glyphs.map(({ id }) => id));
  const inWord = formsIn("ببب");
  assert.ok([...formsIn("ب")].some((id) => !inWord.has(id)));
  assert.ok(inWord.size >= 3);
});

test("the heavier weight is wider, where a script has one", async () => {
  for (const script of ["Dutch", "Arabic", "Devanagari", "Georgian"]) {
    await readLettersFor([samples[script]!]);
    assert.ok(widthOf(samples[script]!, SIZE, 600) > widthOf(samples[script]!, SIZE, 400), script);
  }
});

test("what was measured before all of its letters were read is measured anew once they are", async () => {
  // Out of more files than are read at once.
  const text = Array.from({ length: 250 }, (_, index) => String.fromCodePoint(0x4e00 + index * 80)).join("");
  await readLettersFor([text]);
  const before = widthOf(text, SIZE, 400);
  await readLettersFor([text]);
  const drawn = runsOf(text).reduce((sum, run) => sum + shaped(run, 400).width / run.letters.unitsPerEm, 0) * SIZE;
  assert.notEqual(Math.round(drawn), Math.round(before), "more was read");
  assert.equal(Math.round(widthOf(text, SIZE, 400)), Math.round(drawn));
});
