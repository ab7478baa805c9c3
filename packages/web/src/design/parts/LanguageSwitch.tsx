import { useWords } from "../../i18n/hooks.ts";
import { switchLanguage } from "../../i18n/index.ts";

/** Named in the language it changes to, so that whoever needs it can read it. */
export function LanguageSwitch() {
  const { t, language } = useWords();
  const other = language === "nl" ? "en" : "nl";
  return (
    <button
      type="button"
      className="language-switch"
      data-testid="language"
      data-language={other}
      lang={other}
      onClick={() => switchLanguage(other)}
    >
      {t(`language.${other}`)}
    </button>
  );
}
