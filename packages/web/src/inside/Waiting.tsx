import { Page } from "../design/parts/Page.tsx";
import { useWords } from "../i18n/hooks.ts";

/** While the house is asked. */
export function Waiting() {
  const { t } = useWords();
  return (
    <Page title={t("seat.waiting.title")}>
      <p role="status">{t("seat.waiting.text")}</p>
    </Page>
  );
}
