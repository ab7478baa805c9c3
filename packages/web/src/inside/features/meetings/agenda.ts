import { Title, type WordFault, wordFault } from "@raadhuis/meeting";
import { oneLine } from "../../oneLine.ts";
import { markLengths } from "./numbering.ts";

export interface AgendaLine {
  /** In what was pasted, from 1. */
  line: number;
  title: string;
  /** What was taken off in front: a number, a letter, a bullet. */
  mark: string;
  fault: WordFault | null;
}

export interface ReadAgenda {
  items: AgendaLine[];
  /** Lines that are no items: page numbers, numbers without words. */
  leftOut: { line: number; text: string }[];
}

/** Most items that a meeting takes. */
export const MOST_ITEMS = 200;

const lineEnds = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/;
/** Foot of a page, as a paste from a PDF has it. */
const pageNumber =
  /^[-–—]?\s*(?:(?:pagina|pag\.|blz\.|bladzijde|page|p\.)\s*\d{1,3}(?:\s*(?:van|of|\/)\s*\d{1,3})?|\d{1,3}\s*(?:\/|van|of)\s*\d{1,3}|\d{1,3})\s*[-–—]?$/i;
/** A number or bullet whose words stand elsewhere. */
const bareMark = /^(?:[\d.):(-]+[a-z]?[.)]?|\(?[a-z][.)]|\(?[ivx]+[.)]|[-–—*•·●○▪■□◦‣⁃➢➤\u{F000}-\u{F0FF}]|o)$/iu;
/** A table of contents leads to its pages with dots. */
const leader = /\s*(?:\.{4,}|…{2,}|(?:\s\.){4,})\s*\d{1,3}$/;

/**
 * The items of a pasted list, one a line. Marks in front, page numbers and empty lines are told apart from words;
 * `marks`: whether those in front are taken off.
 */
export function readAgenda(text: string, { marks = true } = {}): ReadAgenda {
  const lines = text
    .split(lineEnds)
    .map((raw, index) => ({ line: index + 1, raw: raw.replace(/^[^\S\t]+|\s+$/g, "").replace(/^\t+/, "") }))
    .filter(({ raw }) => oneLine(raw) !== "");
  const isLeftOut = (raw: string) => pageNumber.test(oneLine(raw)) || bareMark.test(oneLine(raw));
  const words = lines.filter(({ raw }) => !isLeftOut(raw));
  const lengths = marks ? markLengths(words.map(({ raw }) => raw)) : [];
  const items = words.map(({ line, raw }, index) => {
    const length = lengths[index] ?? 0;
    const title = oneLine(raw.slice(length)).replace(marks ? leader : "", "");
    return { line, title, mark: oneLine(raw.slice(0, length)), fault: wordFault(Title, title) };
  });
  const leftOut = lines.filter(({ raw }) => isLeftOut(raw)).map(({ line, raw }) => ({ line, text: oneLine(raw) }));
  return { items, leftOut };
}

/** Where a line of the text begins and ends, to select it. */
export function selectionOf(text: string, line: number): [start: number, end: number] {
  let start = 0;
  let rest = text;
  for (let before = 1; before < line; before++) {
    const end = lineEnds.exec(rest);
    if (!end) break;
    start += end.index + end[0].length;
    rest = text.slice(start);
  }
  const end = lineEnds.exec(rest)?.index ?? rest.length;
  return [start, start + end];
}
