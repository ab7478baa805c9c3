import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readAgenda, selectionOf } from "./agenda.ts";

const titles = (text: string) => readAgenda(text).items.map(({ title }) => title);

/** Agendas in the shapes in which councils publish them: as pasted, and the items that a clerk means. */
const agendas: Record<string, [pasted: string, items: string[]]> = {
  "times in front, from a council's website": [
    "19.30 uur: Opening\n19.35 uur: Vaststelling agenda\n19.40 uur: Vragenhalfuur\n20.15 uur: Kadernota 2027\n22.30 uur: Sluiting",
    [
      "19.30 uur: Opening",
      "19.35 uur: Vaststelling agenda",
      "19.40 uur: Vragenhalfuur",
      "20.15 uur: Kadernota 2027",
      "22.30 uur: Sluiting",
    ],
  ],
  "times and tabs, without the word": [
    "19.30\tOpening\r\n19.31\tMededelingen\r\n20:00\tInsprekers\r\n20.00 – 21.00\tDebat\r\n",
    ["19.30 Opening", "19.31 Mededelingen", "20:00 Insprekers", "20.00 – 21.00 Debat"],
  ],
  "numbers of Word, with tabs and Windows line ends": [
    "1.\tOpening en mededelingen\r\n2.\tVaststelling van de agenda\r\n3.\tBesluitenlijst 12 november 2026\r\n\r\n4.\tRondvraag\r\n",
    ["Opening en mededelingen", "Vaststelling van de agenda", "Besluitenlijst 12 november 2026", "Rondvraag"],
  ],
  "bullets of Word, two levels": [
    "\uf0b7\tOpening\n\uf0b7\tIngekomen stukken\no\tBrief van de provincie\no\tBrief van de GGD\n\uf0a7\tBijlage A\n•\tSluiting",
    ["Opening", "Ingekomen stukken", "Brief van de provincie", "Brief van de GGD", "Bijlage A", "Sluiting"],
  ],
  "sub-numbers and letters": [
    "3. Bestemmingsplannen\n3.1 Centrum-Noord\n3.2 Havenkwartier\n3a. Amendement VVD\n3b Motie GroenLinks\n4. Sluiting",
    ["Bestemmingsplannen", "Centrum-Noord", "Havenkwartier", "Amendement VVD", "Motie GroenLinks", "Sluiting"],
  ],
  "roman numbers and letters with brackets": [
    "I. Hamerstukken\na) Verordening leges\nb) Aanwijzing accountant\nII. Bespreekstukken\na) Begroting 2027\niii. Moties\niv. Sluiting",
    [
      "Hamerstukken",
      "Verordening leges",
      "Aanwijzing accountant",
      "Bespreekstukken",
      "Begroting 2027",
      "Moties",
      "Sluiting",
    ],
  ],
  "kinds of papers, years and amounts in front": [
    "2026: begroting\nB-stuk: Nota grondbeleid\nA-stukken\n10 jaar plein\n2.5 miljoen voor sport\n1 mei-viering\n100% duurzaam\n50+-beleid\n2e bestuursrapportage",
    [
      "2026: begroting",
      "B-stuk: Nota grondbeleid",
      "A-stukken",
      "10 jaar plein",
      "2.5 miljoen voor sport",
      "1 mei-viering",
      "100% duurzaam",
      "50+-beleid",
      "2e bestuursrapportage",
    ],
  ],
  "numbers without a point, and a time behind them": [
    "1 Opening (19.30 uur)\n2 Vaststellen agenda\n3 19.45 uur Inspreken\n4 3 moties over parkeren\n5 Sluiting",
    ["Opening (19.30 uur)", "Vaststellen agenda", "19.45 uur Inspreken", "3 moties over parkeren", "Sluiting"],
  ],
  "a paste from a PDF, with page numbers": [
    "AGENDA\n1. Opening\n2. Spreekrecht burgers\nPagina 1 van 2\n\f3. Zienswijze begroting RUD\n4. Sluiting\n- 2 -\n3/3\n2",
    ["AGENDA", "Opening", "Spreekrecht burgers", "Zienswijze begroting RUD", "Sluiting"],
  ],
  "a table of contents": ["1. Opening ........ 1\n2. Jaarrekening ........ 12", ["Opening", "Jaarrekening"]],
  "dashes and a dash inside": [
    "- Opening\n– Wmo-verordening – tweede lezing\n— Sluiting\n* Rondvraag\n-5 graden-protocol",
    ["Opening", "Wmo-verordening – tweede lezing", "Sluiting", "Rondvraag", "-5 graden-protocol"],
  ],
  "numbers that stand alone above their words": [
    "1.\nOpening\n2.\nMededelingen\na)\nvan het college",
    ["Opening", "Mededelingen", "van het college"],
  ],
  "agendapunt in front": ["Agendapunt 1: Opening\nAgendapunt 2: Begroting\n", ["Opening", "Begroting"]],
  "initials of people, and a lone capital": [
    "Benoeming leden\nJ. Jansen (PvdA) tot wethouder\nC. Bespreekstukken\nV. de Wit neemt afscheid",
    ["Benoeming leden", "J. Jansen (PvdA) tot wethouder", "C. Bespreekstukken", "V. de Wit neemt afscheid"],
  ],
  "a number left out, and one that restarts": [
    "Besluitvormend\n1. Opening\n2. Agenda\n4. Motie\n7. Sluiting\nBeeldvormend\n1. Opening\n2. Presentatie",
    ["Besluitvormend", "Opening", "Agenda", "Motie", "Sluiting", "Beeldvormend", "Opening", "Presentatie"],
  ],
  "a part of a longer agenda": [
    "12. Kadernota\n13. Moties vreemd\n13a. Motie zwembad\n14. Sluiting",
    ["Kadernota", "Moties vreemd", "Motie zwembad", "Sluiting"],
  ],
  "letters with numbers": [
    "A. Vaststellen\nA.1 Agenda\nA.2 Notulen\nB. Debat\nA1 snelweg",
    ["Vaststellen", "Agenda", "Notulen", "Debat", "A1 snelweg"],
  ],
  "no white space behind the number": [
    "1.Opening\n2.Agenda\n3.1.Deel een\n10)Sluiting",
    ["Opening", "Agenda", "3.1.Deel een", "10)Sluiting"],
  ],
  "an amount under the item it belongs to": [
    "3. Begroting\n3.1 miljoen voor sport\n4. Sluiting",
    ["Begroting", "3.1 miljoen voor sport", "Sluiting"],
  ],
  "3.9 goes on to 3.10": [
    "3. Krediet\n3.8 Acht\n3.9 Negen\n3.10 Tien\n3.11 Elf",
    ["Krediet", "Acht", "Negen", "Tien", "Elf"],
  ],
  "white space that is none: no-break, soft hyphen, zero width": [
    "1.\u00a0Opening\n2.\u00a0Be\u00adgroting\n\u200b\n3.\u00a0\u00a0Sluiting\u00a0",
    ["Opening", "Begroting", "Sluiting"],
  ],
};

for (const [name, [pasted, items]] of Object.entries(agendas))
  test(`an agenda keeps its words and loses its marks: ${name}`, () => assert.deepEqual(titles(pasted), items));

test("what is left out is told, with its line and mark", () => {
  const { items, leftOut } = readAgenda("1. Opening\n\n2. Rondvraag\nPagina 1 van 1");
  assert.deepEqual(leftOut, [{ line: 4, text: "Pagina 1 van 1" }]);
  assert.deepEqual(
    items.map(({ line, mark }) => [line, mark]),
    [
      [1, "1."],
      [3, "2."],
    ],
  );
});

test("whoever wants to keep the numbers keeps them", () => {
  const { items } = readAgenda("1. Opening\n2.\tSluiting", { marks: false });
  assert.deepEqual(
    items.map(({ title }) => title),
    ["1. Opening", "2. Sluiting"],
  );
});

test("an item that is too long, or holds what cannot be seen, is named by its line, and nothing of it is lost", () => {
  const long = "x".repeat(301);
  const { items } = readAgenda(`Opening\n\n${long}\nAnna\u202eannA\nmet een\ttab`);
  assert.deepEqual(
    items.map(({ line, fault }) => [line, fault]),
    [
      [1, null],
      [3, "too-long"],
      [4, "odd"],
      [5, null],
    ],
  );
  assert.equal(items[1]?.title, long);
});

test("a whole book that is pasted by mistake is read in a moment", () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `${(index % 900) + 1}. Hoofdstuk ${index}`).join("\n");
  const begun = performance.now();
  assert.equal(readAgenda(text).items.length, 20_000);
  const ms = performance.now() - begun;
  assert.ok(ms < 10_000, `${ms} ms`);
});

test("a line can be shown where it stands", () => {
  const text = "een\r\n\ntwee\fdrie";
  const lineOf = (line: number) => text.slice(...selectionOf(text, line));
  assert.deepEqual([1, 2, 3, 4].map(lineOf), ["een", "", "twee", "drie"]);
});

test("whatever is pasted, every letter of it is in an item, a mark, or what was left out", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "1.",
      "2)",
      "19.30 uur",
      "iv.",
      "a)",
      "3a.",
      "•",
      "\t",
      " ",
      "\r\n",
      "\n",
      "Pagina 2",
      "Opening",
      "2026:",
    ),
    fc.string({ unit: "grapheme", maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      const { items, leftOut } = readAgenda(text);
      const letters = (words: string) =>
        [...words.replace(/[\s\u00ad\u200b\u2060\ufeff\u0085]|\.{4,}|…/g, "")].sort().join("");
      const kept = [...items.flatMap(({ mark, title }) => [mark, title]), ...leftOut.map((one) => one.text)].join("");
      if (!/\.{4,}|…{2,}|( \.){4,}/.test(text)) assert.equal(letters(kept), letters(text));
    }),
  );
});
