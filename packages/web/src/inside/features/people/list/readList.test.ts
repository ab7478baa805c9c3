import assert from "node:assert/strict";
import { test } from "node:test";
import type { Person } from "@raadhuis/protocol/http";
import { type Choices, noChoices, readList } from "./readList.ts";
import { roleWords } from "./roles.ts";
import { guessDelimiter, readTable } from "./table.ts";

const read = (text: string, choices: Partial<Choices> = {}, roster: Person[] = []) =>
  readList(text, { words: roleWords, roster, choices: { ...noChoices, ...choices } });
const people = (text: string) => read(text).lines.map(({ name, party, role }) => [name, party, role]);

const lists: Record<string, [text: string, people: (string | null)[][]]> = {
  "semicolons and a heading in Dutch": [
    "Naam;Fractie;Functie\r\nAnna de Boer;VVD;voorzitter\r\nBram Groen;;lid\r\n",
    [
      ["Anna de Boer", "VVD", "chair"],
      ["Bram Groen", null, "member"],
    ],
  ],
  "commas, quotes and a heading in English, in another order": [
    'role,party,"Full Name"\nmember,"Groen, Rood & Co","de Boer, Anna ""Ans"""\nclerk,,Kim',
    [
      ['de Boer, Anna "Ans"', "Groen, Rood & Co", "member"],
      ["Kim", null, "clerk"],
    ],
  ],
  "tabs of a spreadsheet, with columns that are not for us": [
    "Nr\tNaam\tE-mail\tPartij (lijst)\tRol:\n1\tAnna\ta@b.example\tB\tlid\n2\tBram\tb@b.example\tC\tgast",
    [
      ["Anna", "B", "member"],
      ["Bram", "C", "guest"],
    ],
  ],
  "a name in three columns": [
    "Voornaam;Tussenvoegsel;Achternaam;Rol\nAnna;van der;Boer;lid\nBram;;Groen;lid",
    [
      ["Anna van der Boer", null, "member"],
      ["Bram Groen", null, "member"],
    ],
  ],
  "a title above the heading": ["Raadsleden per 1 januari\n\nNaam;Rol\nAnna;lid", [["Anna", null, "member"]]],
  "no heading: name, party, role, with numbers in front": [
    "1. Anna de Boer; ; voorzitter\n2. Bram; Groen; lid\n3. Carla; Clerk\n\n; ; x",
    [
      ["Anna de Boer", null, "chair"],
      ["Bram", "Groen", "member"],
      ["Carla", null, "clerk"],
      ["", null, null],
    ],
  ],
  "no heading: name, role, party": [
    "Anna, lid, VVD\nBram, gast, D66",
    [
      ["Anna", "VVD", "member"],
      ["Bram", "D66", "guest"],
    ],
  ],
  "names alone, with initials": [
    "Naam\nA. Jansen\nB. de Vries",
    [
      ["A. Jansen", null, null],
      ["B. de Vries", null, null],
    ],
  ],
  "quotes with spaces around them": ['Anna ; "VVD" ; lid', [["Anna", "VVD", "member"]]],
};

for (const [name, [text, expected]] of Object.entries(lists))
  test(`a list of people is read: ${name}`, () => assert.deepEqual(people(text), expected));

test("what divides the columns is found", () => {
  assert.equal(guessDelimiter("a\tb;c\nd\te"), "tab");
  assert.equal(guessDelimiter("Jansen, P.;VVD\nPietersen, A.;D66"), "semicolon");
  assert.equal(guessDelimiter("Jansen,VVD\nPietersen,D66"), "comma");
  assert.equal(guessDelimiter("Jansen\nPietersen"), "none");
});

test("lines count as they stand in the text, also behind empty ones and line ends in quotes", () => {
  const { rows } = readTable('a;b\n\n"x\ny";c\n;\nd;e', "semicolon") as { rows: { line: number; cells: string[] }[] };
  assert.deepEqual(
    rows.map(({ line, cells }) => [line, cells[0]]),
    [
      [1, "a"],
      [3, "x y"],
      [6, "d"],
    ],
  );
});

test("a quotation mark that is never closed is named by its line", () => {
  assert.deepEqual(read('Anna;lid\nBram;"lid\nCarla;lid').broken, { line: 2 });
});

test("a word for a role that we do not know is asked about, not guessed, also where there is none", () => {
  const text = "Anna;VVD;Wethouder\nBram;D66;wethouder\nCarla;D66;\nDirk;D66;lid";
  assert.deepEqual(read(text).unknownRoles, [
    { word: "Wethouder", key: "wethouder", count: 2 },
    { word: "", key: "", count: 1 },
  ]);
  const { lines, unknownRoles } = read(text, { roles: { wethouder: "guest", "": "member" } });
  assert.deepEqual(
    lines.map(({ role }) => role),
    ["guest", "guest", "member", "member"],
  );
  assert.equal(unknownRoles.length, 2);
});

test("each line says what is wrong with it", () => {
  const text = `Naam;Partij\n;VVD\n${"x".repeat(101)};VVD\nAnna;${"y".repeat(61)}\nBr\u202eam;VVD`;
  assert.deepEqual(
    read(text).lines.map(({ line, fault }) => [line, fault]),
    [
      [2, { field: "name", why: "missing" }],
      [3, { field: "name", why: "too-long" }],
      [4, { field: "party", why: "too-long" }],
      [5, { field: "name", why: "odd" }],
    ],
  );
});

test("one name on two lines: the same twice is left out, another is asked about with whose line", () => {
  const text = "Jan de Vries;VVD;lid\nAnna;D66;lid\nJAN DE VRIES;D66;lid\nAnna;D66;lid";
  const lines = read(text).lines.map(({ fault, leftOut }) => [fault, leftOut]);
  assert.deepEqual(lines, [
    [null, false],
    [null, false],
    [{ field: "name", why: "twice", other: 1 }, false],
    [null, 2],
  ]);
  const mended = read(text, { mendings: { 3: { name: "Jan de Vries (D66)" } } });
  assert.deepEqual(
    mended.lines.map(({ name, fault }) => [name, fault]),
    [
      ["Jan de Vries", null],
      ["Anna", null],
      ["Jan de Vries (D66)", null],
      ["Anna", null],
    ],
  );
  const leftOut = read(text, { mendings: { 1: { leftOut: true } } });
  assert.deepEqual([leftOut.lines[0]?.leftOut, leftOut.lines[2]?.fault], [true, null]);
});

test("those of the roster are known again, and an empty cell takes nothing from them", () => {
  const roster: Person[] = [{ id: "abcdefgh", name: "Anna de Boer", party: "VVD", role: "deputy" }];
  const [line] = read("naam;partij;rol\nANNA DE BOER;;", {}, roster).lines;
  assert.deepEqual([line?.known?.id, line?.party, line?.role], ["abcdefgh", "VVD", "deputy"]);
  assert.deepEqual(read("ANNA DE BOER", {}, roster).unknownRoles, []);
});

test("what is not used is told", () => {
  const { unused, above, heading } = read("Raad\nNaam;E-mail;Rol\nAnna;a@b.example;lid");
  assert.deepEqual([heading, above, unused], [true, 1, ["E-mail"]]);
  assert.equal(read("Raadslid;VVD\nAnna;D66").heading, false);
});
