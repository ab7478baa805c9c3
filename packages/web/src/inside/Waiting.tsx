import { Page } from "../design/parts/Page.tsx";
import { useWords } from "./words.ts";

/** While the house is asked. */
export function Waiting() {
  const { t } = useWords();
  return (
    <Page title={t("waiting.title")}>
      <p role="status">{t("waiting.text")}</p>
    </Page>
  );
}
