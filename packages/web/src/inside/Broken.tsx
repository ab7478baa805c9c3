import { Button } from "../design/parts/Button.tsx";
import { HouseNotice } from "./notice/HouseNotice.tsx";
import { useWords } from "./words.ts";

/** A page that could not be fetched, as after an update of the house, or that broke: loaded again it may be there. */
export function Broken() {
  const { t } = useWords();
  return (
    <HouseNotice code="page.broken">
      <Button kind="primary" onClick={() => location.reload()}>
        {t("notice.reload")}
      </Button>
    </HouseNotice>
  );
}
