/**
 * What a person typed or pasted into one line, as it is meant: white space is a space, and what word processors put in
 * for themselves (soft hyphens, zero-width spaces, a byte order mark) is nothing.
 */
export const oneLine = (text: string): string =>
  text
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
