import { useWords } from "../../i18n/hooks.ts";

/** The first thing a keyboard comes to. */
export function SkipLink() {
  const { t } = useWords();
  return (
    <a className="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#main">
      {t("page.skip")}
    </a>
  );
}
