import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Language, languages } from "./language.ts";
import type { shared } from "./texts.ts";
import { waitInWords } from "./wait.ts";
import type { Texts, Translate, Values } from "./words.ts";

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return languages.find((one) => one === i18n.language) ?? "en";
}

/**
 * `t`, which knows the keys of these texts and the values that each wants, the language in use, and the words that
 * belong to it. A bundle has it under the name of `useWords`. Times: zone.ts.
 */
export function useWordsOf<All extends Texts>() {
  const { t: look, i18n } = useTranslation();
  const language = useLanguage();
  const relative = useMemo(() => new Intl.RelativeTimeFormat(language, { numeric: "auto" }), [language]);
  const say = (key: string, values?: Values) => look(key, { ...values });
  const t: Translate<All> = say;
  /** So many seconds. */
  const wait = (seconds: number) => waitInWords(say, seconds);
  /**
   * The words for an error's code, or those beside them that say for how many seconds to wait; codes we do not know get
   * a general sentence.
   */
  const problem = (code: string, seconds?: number | null): string => {
    const waits = `error.${code}.wait`;
    if (seconds && i18n.exists(waits)) return say(waits, { wait: wait(seconds) });
    const key = `error.${code}`;
    return say(i18n.exists(key) ? key : "error.unknown");
  };
  /** "yesterday". */
  const daysAgo = (count: number) => relative.format(-count, "day");
  return { t, language, problem, wait, daysAgo };
}

/** What both bundles have: the parts of the design say no more. */
export const useWords = () => useWordsOf<typeof shared>();
