/** A mark in front of a line, as it might be one: whether it is, the lines around it say. */
interface Mark {
  /** Of what it is written like: only marks alike follow one another. */
  style: string;
  /** `3.1` is [3, 1], `3b` is [3, 2]. */
  path: number[];
  /** Needs no company. */
  alone: boolean;
}

interface Candidate {
  /** Mark and white space. */
  length: number;
  marks: Mark[];
}

/** Word's bullets are in the private use area, as Symbol and Wingdings have them. */
const bullet = /^(?:[•·●○▪■□◦‣⁃➢➤✓❖§\u{F000}-\u{F0FF}]\s*|[-–—*]\s+|o(?:\t+ *| {2,}| (?=\p{Lu})))/u;
const digits =
  /^(?:(?:agenda)?punt|item)\s+(\d{1,3})\s*[.:)–-]?\s+|^\(?(\d{1,3})(?:[.)]+(?=\s|\p{L}{2})\s*|:\s+|\s+)/iu;
const levels = /^(\d{1,3}(?:\.\d{1,2}){1,3})[.):]?\s+/;
const letterOfNumber = /^(\d{1,3})[.-]?([a-z])[.):]?\s+/i;
const letter = /^\(?([a-z])[.)]\s+/i;
const roman = /^\(?([ivx]{1,7})[.)]\s+/i;
const numberOfLetter = /^([a-z])[.-]?(\d{1,2})[.):]?\s+/i;

/** What makes a number in front a date, a time or an amount. */
const measured =
  /^(?:uur|u|u\.|h|min|minuten|jaar|maanden?|we+k|weken|dag(?:en)?|procent|%|euro|€|miljoen|miljard|duizend|m2|m²|km|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|january|february|march|may|june|july|august|october|hours?|years?|months?|weeks?|days?|million|billion|percent|am|pm|a\.m\.|p\.m\.)(?!\p{L})/iu;

/** So many lines before and after it say whether a mark numbers: more than a meeting has items. */
const NEAR = 250;

/**
 * How much of each line is a number, letter or bullet in front of it, white space included. A number is one only where
 * it numbers: lines before or after it go on counting. So `19.30 uur` and `2026: begroting` are words.
 * `letters`: whether letters number, too; before names they are initials.
 */
export function markLengths(lines: readonly string[], { letters = true } = {}): number[] {
  const bullets = lines.map((line) => bullet.exec(line)?.[0].length ?? 0);
  const candidates = lines.map((line, index) => candidatesOf(line.slice(bullets[index]), letters));
  const kept: Mark[] = [];
  return candidates.map((found, index) => {
    if (found.length === 0) return bullets[index] ?? 0;
    const after = candidates.slice(index + 1, index + 1 + NEAR).flatMap((some) => some.flatMap(({ marks }) => marks));
    const before = kept.slice(-NEAR);
    const chosen = found.find(({ marks }) => {
      const numbering = marks.filter((mark) => numbers(mark, before, after));
      kept.push(...numbering);
      return numbering.length > 0;
    });
    return (bullets[index] ?? 0) + (chosen?.length ?? 0);
  });
}

/** Whether this mark counts on from one that does, or others count on from it. */
function numbers(mark: Mark, before: readonly Mark[], after: readonly Mark[]): boolean {
  if (mark.alone) return true;
  const last = mark.path.at(-1) ?? 0;
  const parent = mark.path.slice(0, -1);
  const alike = (other: Mark, step: number) =>
    other.style === mark.style && isPath(other.path, [...parent, last + step]);
  if (before.some((other) => alike(other, -1))) return true;
  if (isTime(mark)) return false;
  if (after.some((other) => alike(other, 1))) return true;
  if (mark.style === "lettered number") return false;
  if (after.some((other) => !isTime(other) && isPath(other.path.slice(0, -1), mark.path))) return true;
  if (parent.length > 0) return last === 1 && before.some(({ path }) => isPath(path, parent) || isBefore(path, mark));
  // One or two were left out of the list.
  const earlier = before.filter(({ style, path }) => style === mark.style && path.length === 1).at(-1)?.path[0] ?? 0;
  return (
    mark.style.startsWith("number") &&
    !mark.style.endsWith("bare") &&
    earlier > 0 &&
    last > earlier &&
    last - earlier <= 3
  );
}

/** `3a` may come after 2 where there is no 3. */
const isBefore = (path: readonly number[], { style, path: [number = 0] }: Mark): boolean =>
  style === "sub" && isPath(path, [number - 1]);

const isPath = (path: readonly number[], other: readonly number[]): boolean =>
  path.length === other.length && path.every((step, index) => step === other[index]);

/** `19.30` and `9.15` may be times: they need a number before them that counts up to them. */
const isTime = ({ style, path: [hour = 0, minute = 0], path }: Mark): boolean =>
  style === "levels" && path.length === 2 && hour < 25 && minute > 9 && minute < 60;

function candidatesOf(line: string, letters: boolean): Candidate[] {
  const found = [...levelsOf(line), ...digitsOf(line)];
  return letters ? [...found, ...lettersOf(line)] : found;
}

function levelsOf(line: string): Candidate[] {
  const match = levels.exec(line);
  if (!match?.[1]) return [];
  const { length } = match[0];
  // `19.00 uur`, and zeros in front: `3.05`.
  if (measured.test(line.slice(length)) || /\.0/.test(match[1])) return [];
  return [{ length, marks: [{ style: "levels", path: match[1].split(".").map(Number), alone: false }] }];
}

function digitsOf(line: string): Candidate[] {
  const match = digits.exec(line);
  const number = Number(match?.[1] ?? match?.[2] ?? 0);
  if (!match || number === 0) return [];
  const [mark] = match;
  const written = match[1] ? "word" : (/[.):]/.exec(mark)?.[0] ?? "bare");
  if (written === "bare" && measured.test(line.slice(mark.length))) return [];
  return [
    {
      length: mark.length,
      marks: [
        { style: `number ${written}`, path: [number], alone: number === 1 && (written === "." || written === ")") },
      ],
    },
  ];
}

const alphabet = "abcdefghijklmnopqrstuvwxyz";
const ordinal = (text: string): number => alphabet.indexOf(text.toLowerCase()) + 1;
const isLower = (text: string): boolean => text === text.toLowerCase();

function lettersOf(line: string): Candidate[] {
  const found: Candidate[] = [];
  const sub = letterOfNumber.exec(line);
  if (sub?.[1] && sub[2]) found.push({ length: sub[0].length, marks: subMarks(Number(sub[1]), ordinal(sub[2])) });
  const sup = numberOfLetter.exec(line);
  if (sup?.[1] && sup[2])
    found.push({
      length: sup[0].length,
      marks: [{ style: "lettered number", path: [ordinal(sup[1]), Number(sup[2])], alone: false }],
    });
  const marks: Mark[] = [];
  const one = letter.exec(line);
  const many = roman.exec(line);
  const kind = (text: string) => (isLower(text) ? "lower" : "upper");
  if (one?.[1])
    marks.push({
      style: `letter ${kind(one[1])}`,
      path: [ordinal(one[1])],
      alone: isLower(one[1]) && ordinal(one[1]) === 1,
    });
  const value = many?.[1] ? romanValue(many[1]) : null;
  if (many?.[1] && value !== null)
    marks.push({ style: `roman ${kind(many[1])}`, path: [value], alone: many[1].length > 1 });
  const length = (many && value !== null ? many : one)?.[0].length;
  if (length !== undefined) found.push({ length, marks });
  return found;
}

/** `3a` stands under 3; where there is no 3, under what 2 leaves open. */
const subMarks = (number: number, letter: number): Mark[] => [{ style: "sub", path: [number, letter], alone: false }];

const romans = Array.from({ length: 39 }, (_, index) => {
  const tens = "x".repeat(Math.floor((index + 1) / 10));
  return tens + (["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][(index + 1) % 10] ?? "");
});

function romanValue(text: string): number | null {
  const index = romans.indexOf(text.toLowerCase());
  return index < 0 ? null : index + 1;
}
