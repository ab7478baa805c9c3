import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { interpolation } from "./isolate.ts";
import { chosenLanguage, type Language, languages, rememberLanguage } from "./language.ts";
import type { Texts } from "./words.ts";

/** Starts translation for a bundle with its texts and keeps `<html lang>` right. */
export function startTranslation(texts: Texts): void {
  void i18next.use(initReactI18next).init({
    resources: resourcesOf(texts),
    lng: chosenLanguage(),
    fallbackLng: "en",
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation,
    react: { useSuspense: false },
  });
  document.documentElement.lang = i18next.language;
}

/** As i18next has them: language by language. */
export const resourcesOf = (texts: Texts): Record<string, { translation: Record<string, string> }> =>
  Object.fromEntries(
    languages.map((language) => {
      const said = Object.entries(texts).map(([key, text]) => [key, text[language]]);
      return [language, { translation: Object.fromEntries(said) }];
    }),
  );

export function switchLanguage(language: Language): void {
  rememberLanguage(language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
