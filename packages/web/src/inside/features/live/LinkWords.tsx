import type { Snapshot } from "@raadhuis/client";
import { useWords } from "../../../i18n/hooks.ts";

/** What the clerk must know of this screen's own line to the house; nothing while all is well. */
export function LinkWords({ link, slow }: Pick<Snapshot, "link" | "slow">) {
  const { t } = useWords();
  const words = link === "away" ? "away.office" : link === "held" ? "away.held" : slow ? "away.slow" : null;
  return (
    <span role="status" data-testid="link-words">
      {words && t(words)}
    </span>
  );
}
