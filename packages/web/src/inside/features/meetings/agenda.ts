/** A number or a dash in front of a pasted item: `3.`, `3)`, `3.1`, `-`, `•`. */
const mark = /^\s*(?:[-–—*•·]|\d{1,3}[.):]|\d{1,3}(?:\.\d{1,3})+[.):]?)\s+/;

/** The items of a pasted list, one a line; numbers, dashes and empty lines are dropped. */
export const agendaOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(mark, "").trim())
    .filter((line) => line !== "");
