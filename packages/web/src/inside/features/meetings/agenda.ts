/** A number or a dash in front of a pasted line: `3.`, `3)`, `3.1`, `-`, `•`. */
export const listMark = /^\s*(?:[-–—*•·]|\d{1,3}[.):]|\d{1,3}(?:\.\d{1,3})+[.):]?)\s+/;

/** The items of a pasted list, one a line; numbers, dashes and empty lines are dropped. */
export const agendaOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(listMark, "").trim())
    .filter((line) => line !== "");
