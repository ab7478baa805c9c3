/** Letters that are written from right to left (Unicode's classes R and AL): Hebrew, Arabic, Syriac, Thaana, N'Ko and others. */
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * A name or a title as it stands among other words: of a direction of its own, which does not turn the number, the role
 * or the party beside it (U+2068 and U+2069; UAX #9, 2.4). In the markup `<bdi>` does the same. What could turn nothing
 * stays as it is, for whoever copies it.
 */
export const isolate = (words: string): string => (rightToLeft.test(words) ? `\u2068${words}\u2069` : words);

/** Those of these that are there, one after the other, such as `name · role · party`. */
export const joined = (parts: readonly (string | null | undefined)[], by = " · "): string =>
  parts
    .filter((part) => part)
    .map((part) => isolate(part ?? ""))
    .join(by);

/** For i18next: every value that is put into a text. React escapes what is markup. */
export const interpolation = { escapeValue: true, escape: isolate };
