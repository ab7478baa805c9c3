import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readLettersFor } from "./faces.ts";
import { shaped } from "./line.ts";
import { drawable } from "./readable.ts";
import { runsOf } from "./runs.ts";
import { samples } from "./samples.ts";

/** Glyph 0 of every font is the empty box. */
function boxesIn(text: string): string[] {
  return runsOf(text).flatMap((run) => {
    const boxes = shaped(run, 600).glyphs.filter(({ id }) => id === 0);
    return boxes.length > 0 ? [run.text] : [];
  });
}

const drawn = async (text: string): Promise<string> => {
  await readLettersFor([text]);
  return drawable(text)
    .map((piece) => piece.text)
    .join("");
};

test("every script is drawn in its own letters, none of them left out or a box", async () => {
  for (const [script, name] of Object.entries(samples)) {
    assert.equal(await drawn(name), name.normalize("NFC"), script);
    assert.deepEqual(boxesIn(name), [], script);
  }
});

test("a picture in a name is left out", async () => {
  assert.equal(await drawn("Jan👩🏽‍⚖️🇳🇱 de🎉 Vries"), "Jan de Vries");
  assert.equal((await drawn("1️⃣ jaar")).replace(/\p{Default_Ignorable_Code_Point}/gu, ""), "1 jaar");
});

test("a script without letters here is written in Latin ones", async () => {
  assert.equal(await drawn("ᏣᎳᎩ"), "TsaLaGi");
  assert.match(await drawn("ދިވެހި en ߒߞߏ"), /^[a-zA-Z ]+$/);
});

test("letters and marks that stand apart come together, and a mark without letters of its own is left out", async () => {
  assert.equal(await drawn("e\u0301"), "é");
  assert.equal(await drawn("e\u0e47"), "e");
});

test("signs that turn the direction, control characters and halves of letters are not drawn", async () => {
  assert.equal(await drawn("a\u202eb\u0000c\ud800d"), "ab c d");
});

test("of a text with signs out of a hundred files so many are read as a broadcast can wait for, the others are Latin", async () => {
  const signs = Array.from({ length: 250 }, (_, index) => String.fromCodePoint(0x4e00 + index * 80)).join("");
  const han = [...(await drawn(signs))].filter((sign) => /\p{Script=Han}/u.test(sign)).length;
  assert.ok(han > 40 && han < 160, `${han} of 250`);
});

test("whatever stands in a text, nothing of it is a box", async () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc
      .array(fc.constantFrom(...Object.values(samples), "\u200d", "\u0338", "\u20dd", " ", "(", "1", "🎉"))
      .map((parts) => parts.join("")),
  );
  await fc.assert(
    fc.asyncProperty(text, async (mixed) => {
      await readLettersFor([mixed]);
      assert.deepEqual(boxesIn(mixed), []);
    }),
    { numRuns: 60 },
  );
});
