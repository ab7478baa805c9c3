import { Alert } from "../../../design/parts/Alert.tsx";
import { useWords } from "../../words.ts";
import type { Ability } from "../media/ability.ts";
import { useWatchedAt } from "../meeting/watchedAt.ts";

/** What this browser cannot do in a meeting, what to do about it, and what is left: the agenda inside, the gallery. */
export function Lacking({ lacks }: { lacks: NonNullable<Ability["lacks"]> }) {
  const { t } = useWords();
  const gallery = useWatchedAt();
  return (
    <div className="stack" data-testid="lacking" data-lacks={lacks}>
      <Alert type="warning">{t(`lacking.${lacks}`)}</Alert>
      {gallery ? (
        <p>
          <a href={gallery} data-testid="lacking-gallery">
            {t("lacking.gallery")}
          </a>
        </p>
      ) : null}
    </div>
  );
}
