import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Language, languages } from "./language.ts";
import { waitInWords } from "./wait.ts";

/** `t`, the language in use, and the formats that belong to it. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const language: Language = languages.find((one) => one === i18n.language) ?? "en";
  const formats = useMemo(() => formatsOf(language), [language]);
  /**
   * The words for an error's code, or those beside them that say for how many seconds to wait; codes we do not know get
   * a general sentence.
   */
  const problem = (code: string, wait?: number | null): string => {
    const key = i18n.exists(`error.${code}`) ? `error.${code}` : "error.unknown";
    return wait && i18n.exists(`${key}.wait`) ? t(`${key}.wait`, { wait: waitInWords(t, wait) }) : t(key);
  };
  return { t, language, problem, ...formats };
}

function formatsOf(language: Language) {
  const locale = language === "nl" ? "nl-NL" : "en-GB";
  const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const seconds = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const days = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    /** "yesterday". */
    daysAgo: (count: number) => days.format(-count, "day"),
    day: (at: number) => day.format(at),
    time: (at: number) => time.format(at),
    clock: (at: number) => seconds.format(at),
  };
}
