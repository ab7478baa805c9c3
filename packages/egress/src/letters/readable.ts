import anyAscii from "any-ascii";
import { type Letters, lettersFor } from "./faces.ts";

const clusters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Embeddings and overrides could make one name look like another; isolates are the house's own. */
const turning = /[\u202a-\u202e]/gu;
/** XML has no place for some of these, and no font has letters for them. */
const nothing = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
const pictured = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/** One piece of text that is drawn with the same letters. */
export interface Piece {
  text: string;
  letters: Letters;
}

/** What a person sees as one sign. */
export const signsOf = (text: string): string[] => [...clusters.segment(text)].map(({ segment }) => segment);

/**
 * A text as signs that can be drawn, so that no empty boxes stand in a name: pictures are left out, letters of a script
 * without a font are written in Latin ones.
 */
export function drawable(text: string): Piece[] {
  const pieces: Piece[] = [];
  let before: Letters | null = null;
  for (const sign of signsOf(text.normalize("NFC").replace(turning, "").replace(nothing, " ")))
    for (const part of lettersFor(sign, before) ? [sign] : signsOf(pictured.test(sign) ? "" : anyAscii(sign))) {
      const found = lettersFor(part, before);
      if (!found) continue;
      pieces.push(found);
      before = found.letters;
    }
  return pieces;
}
