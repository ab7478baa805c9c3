import bidiFactory from "bidi-js/dist/bidi.mjs";
import type { Letters } from "./faces.ts";
import { drawable } from "./readable.ts";

const bidi = bidiFactory();

/** A stretch of text of one direction, drawn with the same letters. */
export interface Run {
  text: string;
  letters: Letters;
  /** Embedding level of the Unicode bidirectional algorithm (UAX 9): odd from right to left. */
  level: number;
}

/** A line's runs in the order in which they stand, from the left. Its direction is that of its first strong letter. */
export function runsOf(text: string): Run[] {
  const pieces = drawable(text);
  const { levels } = bidi.getEmbeddingLevels(pieces.map((piece) => piece.text).join(""));
  const runs: Run[] = [];
  let at = 0;
  for (const piece of pieces) {
    const level = levels[at] ?? 0;
    at += piece.text.length;
    const last = runs.at(-1);
    if (last?.letters === piece.letters && last.level === level) last.text += piece.text;
    else runs.push({ ...piece, level });
  }
  return reordered(runs);
}

/** From the highest level down, whatever is on it or above is turned round (UAX 9, L2). */
function reordered(runs: Run[]): Run[] {
  const highest = Math.max(0, ...runs.map((run) => run.level));
  let turned = runs;
  for (let level = highest; level > 0; level--) {
    const next: Run[] = [];
    let stretch: Run[] = [];
    for (const run of turned) {
      if (run.level >= level) stretch.unshift(run);
      else {
        next.push(...stretch, run);
        stretch = [];
      }
    }
    turned = [...next, ...stretch];
  }
  return turned;
}

const strong = /[\p{L}\u200e\u200f]/u;
const rightward = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200f]/u;

/** Whether a text begins from the right: by its first strong letter. */
export const fromTheRight = (text: string): boolean => rightward.test(strong.exec(text)?.[0] ?? "");

/** A text within a line of the house's own, whose direction it does not turn (UAX 9: FSI and PDI). */
export const isolated = (text: string): string => `\u2068${text.replace(/[\u2066-\u2069]/g, "")}\u2069`;
/** Before a line of the house's own: it begins from the left, whatever is in it. */
export const LEFT_TO_RIGHT = "\u200e";
const RIGHT_TO_LEFT = "\u200f";

/** Makes each line of a broken text begin from the same side. */
export const directed = (lines: string[], text: string): string[] =>
  rightward.test(text) ? lines.map((line) => (fromTheRight(text) ? RIGHT_TO_LEFT : LEFT_TO_RIGHT) + line) : lines;
