import type { Role } from "@raadhuis/meeting";
import { nameKey, PartyName, PersonName, type WordFault, wordFault } from "@raadhuis/meeting";
import type { Person } from "@raadhuis/protocol/http";
import { markLengths } from "../../meetings/numbering.ts";
import { type Column, findHeading, type Heading } from "./columns.ts";
import { roleKey } from "./roles.ts";
import { type Delimiter, guessDelimiter, type Row, readTable } from "./table.ts";

export type Words = Omit<Person, "id">;

export type LineFault =
  | { field: "name" | "party"; why: WordFault }
  /** Another line has the same name. */
  | { field: "name"; why: "twice"; other: number };

/** What the clerk says of a line in the preview. */
export interface Mending {
  name?: string;
  party?: string;
  leftOut?: boolean;
}

export interface ListLine {
  line: number;
  name: string;
  party: string | null;
  /** `null` until the clerk has said what the word means. */
  role: Role | null;
  roleWord: string;
  fault: LineFault | null;
  /** Left out by the clerk, or since an earlier line (its number) says the same. */
  leftOut: boolean | number;
  /** Who of the roster this is. */
  known: Person | null;
}

export interface ReadList {
  delimiter: Delimiter;
  lines: ListLine[];
  /** Of rows and headings, what is not used. */
  heading: boolean;
  above: number;
  unused: string[];
  /** Words for roles that we do not know, as they were written, with how many lines have them; "" for none. */
  unknownRoles: { word: string; key: string; count: number }[];
  broken: { line: number } | null;
}

export interface Choices {
  delimiter: Delimiter | null;
  /** By `roleKey` of a word. */
  roles: Readonly<Record<string, Role>>;
  mendings: Readonly<Record<number, Mending>>;
}

export const noChoices: Choices = { delimiter: null, roles: {}, mendings: {} };

/** Reads a list of people, from a document, a spreadsheet or a file, and says of each line what is to be said. */
export function readList(
  text: string,
  { words, roster, choices }: { words: ReadonlyMap<string, Role>; roster: readonly Person[]; choices: Choices },
): ReadList {
  const delimiter = choices.delimiter ?? guessDelimiter(text);
  const table = readTable(text, delimiter);
  const rows = "rows" in table ? table.rows : [];
  const heading = findHeading(rows);
  const people = peopleOf(heading ? rows.slice(heading.row + 1) : rows, heading, words);
  const before = new Map(roster.map((person) => [nameKey(person.name), person]));
  const earlier = new Map<string, ListLine>();
  const lines = people.map((person) => {
    const mending = choices.mendings[person.line] ?? {};
    const name = mending.name ?? person.name;
    const party = mending.party ?? person.party;
    const known = before.get(nameKey(name)) ?? null;
    const key = roleKey(person.role);
    // An empty cell says nothing: whoever is known keeps what they have.
    const role = words.get(key) ?? choices.roles[key] ?? (key === "" ? (known?.role ?? null) : null);
    const line: ListLine = {
      line: person.line,
      name,
      party: party === "" ? (known?.party ?? null) : party,
      role,
      roleWord: person.role,
      fault: null,
      leftOut: mending.leftOut ?? false,
      known,
    };
    const other = earlier.get(nameKey(name));
    if (other && line.leftOut === false && nameKey(name) !== "") {
      if (saysTheSame(line, other)) line.leftOut = other.line;
      else line.fault = { field: "name", why: "twice", other: other.line };
    }
    if (line.leftOut === false) {
      if (!other) earlier.set(nameKey(name), line);
      line.fault = faultOf(line) ?? line.fault;
    }
    return line;
  });
  return {
    delimiter,
    lines,
    heading: heading !== null,
    above: heading?.row ?? 0,
    unused: heading?.unused ?? [],
    unknownRoles: unknownRoles(lines, words),
    broken: "broken" in table ? table.broken : null,
  };
}

const saysTheSame = (one: ListLine, other: ListLine): boolean =>
  one.party === other.party && roleKey(one.roleWord) === roleKey(other.roleWord);

function faultOf({ name, party }: ListLine): LineFault | null {
  const wrongName = wordFault(PersonName, name);
  if (wrongName) return { field: "name", why: wrongName };
  const wrongParty = party === null ? null : wordFault(PartyName, party);
  return wrongParty ? { field: "party", why: wrongParty } : null;
}

/** Also those that the clerk has said something of by now. */
function unknownRoles(lines: readonly ListLine[], words: ReadonlyMap<string, Role>): ReadList["unknownRoles"] {
  const found = new Map<string, { word: string; key: string; count: number }>();
  for (const { roleWord, leftOut, known } of lines) {
    const key = roleKey(roleWord);
    if (leftOut !== false || words.has(key) || (key === "" && known)) continue;
    const one = found.get(key) ?? { word: roleWord, key, count: 0 };
    found.set(key, { ...one, count: one.count + 1 });
  }
  return [...found.values()];
}

interface RawPerson {
  line: number;
  name: string;
  party: string;
  role: string;
}

function peopleOf(rows: readonly Row[], heading: Heading | null, words: ReadonlyMap<string, Role>): RawPerson[] {
  const columns = heading?.columns ?? usualColumns(rows, words);
  const of = ({ cells }: Row, column: Column) => cells[columns.indexOf(column)] ?? "";
  const people = rows.map((row) => ({
    line: row.line,
    name: [of(row, "name"), ...(["first", "infix", "last"] as const).map((part) => of(row, part))]
      .filter(Boolean)
      .join(" "),
    party: of(row, "party"),
    role: of(row, "role"),
  }));
  // Numbers and bullets in front are not of the name; letters are initials.
  const marks = markLengths(
    people.map(({ name }) => name),
    { letters: false },
  );
  return people.map((person, index) => {
    const name = person.name.slice(marks[index]).trim();
    // `name; role`, without a party.
    const lone = heading === null && person.role === "" && words.has(roleKey(person.party));
    return lone ? { ...person, name, party: "", role: person.party } : { ...person, name };
  });
}

/** Without headings: name, party, role, or the last two the other way round where that is what they hold. */
function usualColumns(rows: readonly Row[], words: ReadonlyMap<string, Role>): Column[] {
  const roles = (column: number) => rows.filter(({ cells }) => words.has(roleKey(cells[column] ?? ""))).length;
  const threeWide = rows.some(({ cells }) => (cells[2] ?? "") !== "");
  return threeWide && roles(1) > roles(2) ? ["name", "role", "party"] : ["name", "party", "role"];
}
