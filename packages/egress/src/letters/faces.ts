import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Blob, Face, Font, Variation } from "harfbuzzjs";
import decompress from "woff2-encoder/decompress";
import { z } from "zod";

export type Weight = 400 | 600;
export interface Letters {
  fonts: Record<Weight, Font>;
  /** Units of the em. */
  unitsPerEm: number;
  /** Its own cmap's word, not the package's. */
  holds: (codePoint: number) => boolean;
}

type Range = [from: number, to: number];
interface Source {
  ranges: Range[];
  files: Record<Weight, string>;
  letters: Letters | null;
}

const { resolve } = createRequire(import.meta.url);

/** Scripts that have a file of their own; whatever has none is written in Latin letters (`readable.ts`). */
const scripts = [
  ...["arabic", "armenian", "bengali", "devanagari", "ethiopic", "georgian", "gujarati", "gurmukhi", "hebrew"],
  ...["kannada", "khmer", "lao", "malayalam", "myanmar", "sinhala", "syriac", "tamil", "telugu", "thai"],
];
/** Han, kana and hangul: a hundred files each, of which only those are read that a name needs. */
const sliced = ["sc", "jp", "kr"];

const latin: Source = {
  ranges: [[0, 0x10ffff]],
  files: {
    400: resolve("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf"),
    600: resolve("@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf"),
  },
  letters: null,
};
const tifinagh = resolve("@expo-google-fonts/noto-sans-tifinagh/400Regular/NotoSansTifinagh_400Regular.ttf");
const others: Source[] = [
  ...scripts.flatMap((script) => slicesOf(`noto-sans-${script}`, (slice) => slice === script)),
  ...slicesOf("noto-serif-tibetan", (slice) => slice === "tibetan"),
  { ranges: [[0x2d30, 0x2d7f]], files: { 400: tifinagh, 600: tifinagh }, letters: null },
  ...sliced.flatMap((language) => slicesOf(`noto-sans-${language}`, (slice) => /^\[\d+\]$/.test(slice))),
];

/** Letters of Noto Sans itself, and signs that belong to no script. */
const common = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u;
const invisible = /\p{Default_Ignorable_Code_Point}/u;
const pictured = /\p{Emoji_Presentation}|\ufe0f/u;

/** A file takes some 10 ms, which the broadcast waits: whoever writes one sign out of each is not waited for. */
const MOST_FILES = 40;

let read = 0;
/** How many files have been read: what was measured before the last one may be drawn otherwise now. */
export const filesRead = (): number => read;

/**
 * Reads the files that these texts need. They stay: all that there are take 25 MB of HarfBuzz's memory, and to read one
 * again would have the broadcast wait again. What is not read counts as not there.
 */
export async function readLettersFor(texts: readonly string[]): Promise<void> {
  let left = MOST_FILES;
  for (const letter of new Set(texts.flatMap((text) => [...text.normalize("NFC")])))
    for (const source of sourcesOf(letter)) {
      if (!source.letters && left-- <= 0) break;
      if ((await lettersOf(source)).holds(letter.codePointAt(0)!)) break;
    }
}

/**
 * Letters that draw this grapheme cluster, all of it or as much as any can.
 * @param before what draws the cluster before: a sign of no script stays with its neighbours
 */
export function lettersFor(cluster: string, before: Letters | null): { letters: Letters; text: string } | null {
  const [first] = cluster;
  if (first === undefined) return null;
  const plain = before ?? latin.letters;
  if (plain && invisible.test(first)) return { letters: plain, text: cluster };
  const candidates = sourcesOf(first).flatMap((source) => source.letters ?? []);
  if (before && /[\p{Script=Common}\p{Script=Inherited}]/u.test(first)) candidates.unshift(before);
  const whole = candidates.find((letters) => heldBy(letters, cluster).length === cluster.length);
  if (whole) return { letters: whole, text: cluster };
  const letters = candidates.find(({ holds }) => holds(first.codePointAt(0)!));
  return letters ? { letters, text: heldBy(letters, cluster) } : null;
}

const heldBy = (letters: Letters, cluster: string): string =>
  [...cluster].filter((sign) => invisible.test(sign) || letters.holds(sign.codePointAt(0)!)).join("");

const MOST = 2000;
const asked = new Map<string, Source[]>();

/** In the order in which they are asked. */
function sourcesOf(letter: string): Source[] {
  const before = asked.get(letter);
  if (before) return before;
  const codePoint = letter.codePointAt(0)!;
  const own = pictured.test(letter)
    ? []
    : others.filter(({ ranges }) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to));
  const sources = common.test(letter) ? [latin, ...own] : [...own, latin];
  if (asked.size >= MOST) asked.clear();
  asked.set(letter, sources);
  return sources;
}

async function lettersOf(source: Source): Promise<Letters> {
  if (source.letters) return source.letters;
  const regular = await faceOf(source.files[400]);
  const bold = source.files[600] === source.files[400] ? regular : await faceOf(source.files[600]);
  const held = new Set(regular.collectUnicodes());
  read++;
  source.letters ??= {
    fonts: { 400: fontOf(regular, 400), 600: fontOf(bold, 600) },
    unitsPerEm: regular.upem,
    holds: (codePoint) => held.has(codePoint),
  };
  return source.letters;
}

async function faceOf(file: string): Promise<Face> {
  const data = readFileSync(file);
  return new Face(new Blob(file.endsWith(".woff2") ? await decompress(data) : data));
}

function fontOf(face: Face, weight: Weight): Font {
  const font = new Font(face);
  if (face.getAxisInfos().wght) font.setVariations([new Variation("wght", weight)]);
  return font;
}

/** Fontsource says which characters each of its files is for. */
function slicesOf(name: string, wanted: (slice: string) => boolean): Source[] {
  const list = resolve(`@fontsource-variable/${name}/unicode.json`);
  const table = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(list, "utf8")));
  return Object.entries(table).flatMap(([slice, ranges]) => {
    if (!wanted(slice)) return [];
    const file = join(dirname(list), "files", `${name}-${slice.replace(/\W/g, "")}-wght-normal.woff2`);
    return { ranges: ranges.split(",").map(rangeOf), files: { 400: file, 600: file }, letters: null };
  });
}

function rangeOf(text: string): Range {
  const [from = "", to = from] = text.replace("U+", "").split("-");
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}
