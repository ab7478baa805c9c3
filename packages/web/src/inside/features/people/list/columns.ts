import { nameKey } from "@raadhuis/meeting";
import type { Row } from "./table.ts";

/** What a column holds. A name may be spread over three. */
export type Column = "name" | "first" | "infix" | "last" | "party" | "role";

/** Headings as clerks write them, in Dutch and English. */
const headings: Record<Column, string[]> = {
  name: [
    "naam",
    "namen",
    "volledige naam",
    "naam raadslid",
    "raadslid",
    "persoon",
    "deelnemer",
    "weergavenaam",
    "name",
    "full name",
    "fullname",
    "display name",
    "displayname",
    "person",
    "participant",
    "member name",
  ],
  first: ["voornaam", "roepnaam", "voorletters", "initialen", "first name", "firstname", "given name", "initials"],
  infix: ["tussenvoegsel", "tussenvoegsels", "tv", "voorvoegsel", "voorvoegsels", "infix", "prefix", "middle name"],
  last: ["achternaam", "familienaam", "geslachtsnaam", "last name", "lastname", "surname", "family name"],
  party: [
    "partij",
    "fractie",
    "fractienaam",
    "politieke partij",
    "partij of organisatie",
    "organisatie",
    "groepering",
    "party",
    "group",
    "political party",
    "political group",
    "organisation",
    "organization",
    "party or organisation",
  ],
  role: [
    "rol",
    "functie",
    "hoedanigheid",
    "taak",
    "functie in vergadering",
    "rol in vergadering",
    "role",
    "function",
    "position",
    "capacity",
    "job title",
  ],
};
const known = new Map(Object.entries(headings).flatMap(([column, words]) => words.map((word) => [word, column])));

const plain = new Set(["naam", "name", "volledige naam", "full name", "achternaam", "last name", "surname"]);

/** As a heading is compared: without marks, brackets and what they hold. */
const headingKey = (cell: string): string =>
  nameKey(cell)
    .replace(/\(.*?\)/g, "")
    .replace(/[:*._/-]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();

const isColumn = (text: string | undefined): text is Column => text !== undefined && Object.hasOwn(headings, text);

const columnOf = (cell: string): Column | null => {
  const column = known.get(headingKey(cell));
  return isColumn(column) ? column : null;
};

export interface Heading {
  /** Which row it is; those above it are a title. */
  row: number;
  /** Of each column of the table; `null`: not for us. */
  columns: (Column | null)[];
  /** Headings that we do not use. */
  unused: string[];
}

/** A title and an empty line or two may stand above it. */
const LOOK_IN = 5;

/** The row that says what the columns are, if one does: it names the name. */
export function findHeading(rows: readonly Row[]): Heading | null {
  for (const [row, { cells }] of rows.slice(0, LOOK_IN).entries()) {
    const columns = onlyFirsts(cells.map(columnOf));
    if (!columns.some((column) => column === "name" || column === "last")) continue;
    const unused = cells.filter((cell, index) => cell !== "" && columns[index] === null);
    // One word alone must be plain: `Raadslid; VVD` may be a line like any other.
    if (cells.length - unused.length < 2 && !cells.some((cell) => plain.has(headingKey(cell)))) continue;
    return { row, columns, unused };
  }
  return null;
}

const onlyFirsts = (columns: (Column | null)[]): (Column | null)[] =>
  columns.map((column, index) => (columns.indexOf(column) === index ? column : null));
