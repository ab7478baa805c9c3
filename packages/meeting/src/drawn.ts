/**
 * Characters that count as drawn in Unicode, as letters or symbols, and show nothing: the braille cell without dots, a
 * null notehead, the blanks among the hieroglyphs. What Unicode itself calls ignorable (Default_Ignorable_Code_Point:
 * zero widths, variation selectors, tags, fillers of Hangul and Khitan) comes beside them.
 */
const blank = "\\u2800\\u{1D159}\\u{13441}\\u{13442}";
const ignorable = "\\p{Default_Ignorable_Code_Point}\\u{16FE4}";

/** Shows nothing and takes no room. */
export const notDrawn = new RegExp(`[${ignorable}]`, "gu");
/** Shows as a gap. */
export const gap = new RegExp(`[\\s${blank}]+`, "gu");
/** Something in it can be seen by itself: a letter, a digit, a sign; a mark alone is none. */
export const drawn = new RegExp(`(?![${ignorable}${blank}])[\\p{L}\\p{N}\\p{P}\\p{S}]`, "u");
/**
 * Are there more marks on one letter than scripts write? A tower of them is drawn over what stands above. Vietnamese has
 * two, Thai two, Hebrew with points and accents, and Devanagari and Tibetan, up to four.
 */
export const hasTower = (text: string): boolean => /\p{M}{5}/u.test(text.replace(notDrawn, ""));
