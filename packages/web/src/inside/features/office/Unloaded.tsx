import { Refused } from "@raadhuis/client";
import { useRevalidator, useRouteError } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useWords } from "../../words.ts";
import { OfficePage } from "./OfficePage.tsx";

/** In the place of a page of the office that has nothing to show: why, and the way to try it again. */
export function ErrorBoundary() {
  const { t } = useWords();
  const error = useRouteError();
  const { revalidate } = useRevalidator();
  if (!(error instanceof Refused)) throw error;
  return (
    <OfficePage title={t("notice.page.broken.title")}>
      <div className="stack" data-testid="unloaded">
        <Problem code={error.code} />
        <div className="row">
          <Button kind="primary" data-testid="load-again" onClick={() => revalidate()}>
            {t("office.loadAgain")}
          </Button>
        </div>
      </div>
    </OfficePage>
  );
}
