import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Language, languages } from "./language.ts";
import { waitInWords } from "./wait.ts";

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return languages.find((one) => one === i18n.language) ?? "en";
}

/** `t`, the language in use, and the words that belong to it. Times: zone.ts. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const relative = useMemo(() => new Intl.RelativeTimeFormat(language, { numeric: "auto" }), [language]);
  /**
   * The words for an error's code, or those beside them that say for how many seconds to wait; codes we do not know get
   * a general sentence.
   */
  const problem = (code: string, wait?: number | null): string => {
    const key = i18n.exists(`error.${code}`) ? `error.${code}` : "error.unknown";
    return wait && i18n.exists(`${key}.wait`) ? t(`${key}.wait`, { wait: waitInWords(t, wait) }) : t(key);
  };
  /** "yesterday". */
  const daysAgo = (count: number) => relative.format(-count, "day");
  return { t, language, problem, daysAgo };
}
