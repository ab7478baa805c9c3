import { useWords } from "../../words.ts";
import { useKnown } from "../meeting/context.ts";

/** What the clerk must know of this screen's own line to the house; nothing while all is well. */
export function LinkWords() {
  const { t } = useWords();
  const { link, slow } = useKnown(({ link, slow }) => ({ link, slow }));
  const words = link === "away" ? "away.office" : link === "held" ? "away.held" : slow ? "away.slow" : null;
  return (
    <span role="status" data-testid="link-words">
      {words && t(words)}
    </span>
  );
}
