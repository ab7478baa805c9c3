import i18next from "i18next";
import { resourcesOf } from "./index.ts";
import { interpolation } from "./isolate.ts";
import type { Language } from "./language.ts";
import type { Texts, Translate, Values } from "./words.ts";

/** For tests: these texts in a language, without a page. */
export function translating<All extends Texts>(texts: All, language: Language): Translate<All> {
  const words = i18next.createInstance();
  void words.init({
    lng: language,
    resources: resourcesOf(texts),
    keySeparator: false,
    nsSeparator: false,
    interpolation,
    initAsync: false,
  });
  return (key: string, values?: Values) => words.t(key, { ...values });
}
