import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { interpolation } from "./isolate.ts";
import { chosenLanguage, type Language, languages, rememberLanguage, type Texts } from "./language.ts";

/** Starts translation for a bundle with its texts and keeps `<html lang>` right. */
export function startTranslation(texts: Texts): void {
  void i18next.use(initReactI18next).init({
    resources: Object.fromEntries(languages.map((language) => [language, { translation: texts[language] }])),
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

export function switchLanguage(language: Language): void {
  rememberLanguage(language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
