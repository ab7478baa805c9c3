/** What belongs to every house: it adds nothing for somebody who guesses at a clerk's password. */
const houseWords = [
  ...["raadhuis", "raadzaal", "gemeenteraad", "gemeente", "stadhuis", "raadslid", "raad", "griffier", "griffie"],
  ...["burgemeester", "wethouder", "council", "councillor", "clerk", "mayor", "townhall", "municipality"],
];

const day = "(?:0?[1-9]|[12]\\d|3[01])";
const month = "(?:0?[1-9]|1[0-2])";
const year = "(?:19|20)\\d\\d";
/** Years, dates and counting. */
const numbers = new RegExp(
  [
    `${day}${month}${year}`,
    `${month}${day}${year}`,
    `${year}(?:${month}${day})?`,
    "0?123(?:4(?:5(?:6(?:7(?:89?0?)?)?)?)?)?",
  ].join("|"),
  "g",
);
const ignorable = /\p{Default_Ignorable_Code_Point}/gu;
const aroundIt = /^[^\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu;
const separator = /[^\p{L}\p{M}\p{N}]/gu;
/** Whoever uses more kinds of them than this does not separate words, but has them drawn by lot. */
const MOST_SEPARATORS = 2;

/** What is left of a password without what people put around and between: signs, known words, dates, counting. */
export function withoutPadding(password: string, known: readonly string[]): string {
  let left = password.normalize("NFKC").toLowerCase().replace(ignorable, "").replace(aroundIt, "");
  const isSeparated = new Set(left.match(separator)).size <= MOST_SEPARATORS;
  if (isSeparated) left = left.replace(separator, "");
  const longestFirst = [...known, ...houseWords].map((word) => word.toLowerCase()).sort((a, b) => b.length - a.length);
  for (const word of longestFirst) left = left.replaceAll(word, "");
  return left.replace(numbers, "");
}
