import { CopyButton } from "../../../design/parts/CopyButton.tsx";
import { useWords } from "../../words.ts";

/** The address of this page, for others. */
export function Share() {
  const { t } = useWords();
  return (
    <div className="row">
      <CopyButton text={location.origin + location.pathname} label={t("watch.share")} testId="share-link" />
    </div>
  );
}
