import type { Weight } from "./faces.ts";
import { widthOf } from "./line.ts";
import { signsOf } from "./readable.ts";
import { directed } from "./runs.ts";

/** Scripts that put no spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const wordsWithin = new Intl.Segmenter(undefined, { granularity: "word" });

interface Word {
  text: string;
  /** Whether a space stands before it, where it is not the first of its line. */
  spaced: boolean;
}

/** Breaks a text between words into at most `most` lines of at most `width` px; what is left over ends in "…". */
export function wrap(text: string, size: number, weight: Weight, width: number, most: number): string[] {
  const lines: string[] = [];
  const space = widthOf(" ", size, weight);
  let line: string | null = null;
  let filled = 0;
  for (const word of visible(wordsOf(text), size, weight)) {
    // Word by word: to measure each line anew as it grows would take the square of its length.
    const wide = widthOf(word.text, size, weight);
    const gap: string = line !== null && word.spaced ? " " : "";
    if (line !== null && filled + (gap ? space : 0) + wide > width && lines.length < most - 1) {
      lines.push(line);
      line = word.text;
      filled = wide;
    } else {
      line = `${line ?? ""}${gap}${word.text}`;
      filled += (gap ? space : 0) + wide;
    }
    if (lines.length === most - 1 && filled > width) break;
  }
  if (line !== null) lines.push(line);
  return directed(
    lines.map((each) => shorten(each, size, weight, width)),
    text,
  );
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const spaced of text.split(/\s+/).filter(Boolean)) {
    if (!unspaced.test(spaced)) {
      words.push({ text: spaced, spaced: true });
      continue;
    }
    let first = true;
    for (const { segment, isWordLike } of wordsWithin.segment(spaced)) {
      const last = words.at(-1);
      // No line begins with a full stop or a closing bracket.
      if (!first && last && !isWordLike) last.text += segment;
      else words.push({ text: segment, spaced: first });
      first = false;
    }
  }
  return words;
}

/** What shows nothing (a picture that is left out, a mark of direction) goes with the next word: no space is left for it. */
function visible(words: Word[], size: number, weight: Weight): Word[] {
  let before: Word = { text: "", spaced: false };
  return words.flatMap((word) => {
    const both = { text: before.text + word.text, spaced: before.spaced || word.spaced };
    const shown = widthOf(word.text, size, weight) > 0;
    before = shown ? { text: "", spaced: false } : both;
    return shown ? [both] : [];
  });
}

function shorten(line: string, size: number, weight: Weight, width: number): string {
  if (widthOf(line, size, weight) <= width) return line;
  const signs = signsOf(line);
  let low = 0;
  let high = signs.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${signs.slice(0, middle).join("")}…`, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return `${signs.slice(0, low).join("").trimEnd()}…`;
}
