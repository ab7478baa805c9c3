import { useWordsOf } from "../i18n/hooks.ts";
import type { outside } from "./texts.ts";

/** The words of gallery and archive. */
export const useWords = () => useWordsOf<typeof outside>();
