import { useWords } from "../../i18n/hooks.ts";
import { Notice } from "./Notice.tsx";

/** There is nothing at this address; the way to where there is. */
export function Lost() {
  const { t } = useWords();
  return (
    <Notice
      code="request.not-found"
      title={t("notice.request.not-found.title")}
      text={t("notice.request.not-found.text")}
    >
      <a href="/">{t("notice.home")}</a>
    </Notice>
  );
}
