import { Button } from "../../../design/parts/Button.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { useWords } from "../../words.ts";

/** After leaving: nothing is sent any more; the way back stays open while the meeting lasts. */
export function Left({ body, onReturn }: { body: string | null; onReturn(): void }) {
  const { t } = useWords();
  return (
    <Page title={t("left.title")} body={body}>
      <div className="stack" data-testid="left">
        <p className="lead">{t("left.text")}</p>
        <div className="row">
          <Button kind="primary" onClick={onReturn}>
            {t("left.return")}
          </Button>
        </div>
      </div>
    </Page>
  );
}
