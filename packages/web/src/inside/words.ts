import { useWordsOf } from "../i18n/hooks.ts";
import type { KeyOf, PlainKeyOf, Translate } from "../i18n/words.ts";
import type { inside } from "./texts.ts";

/** The words of chamber and office. */
export const useWords = () => useWordsOf<typeof inside>();

export type Key = KeyOf<typeof inside>;
export type PlainKey = PlainKeyOf<typeof inside>;
export type T = Translate<typeof inside>;
