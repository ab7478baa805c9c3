import { isFailure, type TrailEntry } from "@raadhuis/protocol/http";
import { Icon } from "../../../design/parts/Icon.tsx";
import { useTimes } from "../../../i18n/zone.ts";
import { useWords } from "../../words.ts";
import styles from "./EntryRow.module.css";
import { reasonOf } from "./reasons.ts";
import { subjectOf, titleKey } from "./words.ts";

/** What happened, to whom, from where and when. `seen`: when the clerk last looked. */
export function EntryRow({ entry, seen }: { entry: TrailEntry; seen: number | null }) {
  const { t, problem } = useWords();
  const { time } = useTimes();
  const { kind, result, count, first, last, network } = entry;
  const failed = isFailure(result);
  const reason = reasonOf(entry);
  const from = network ?? (failed ? t("access.manyNetworks") : null);
  const [begin, end] = [time(first), time(last)];
  return (
    <li
      className={styles.row}
      data-testid="access-row"
      data-kind={kind}
      data-result={result}
      {...(failed ? { "data-failed": true } : {})}
    >
      <span className={styles.mark}>
        <Icon name={failed ? "warning" : result === "done" ? "check" : "clock"} />
      </span>
      <span className={styles.what}>
        <span className="row row--tight">
          <strong>{t(titleKey(entry))}</strong>
          {count > 1 ? <span className="badge">{t("access.times", { count })}</span> : null}
          {failed && last > (seen ?? 0) ? <span className="badge badge--strong">{t("access.new")}</span> : null}
        </span>
        {result === "done" ? null : (
          <span className={styles.reason}>{reason ? t(`access.why.${reason}`) : problem(result)}</span>
        )}
        <span className="muted">{subjectOf(entry, t("meeting.untitled"))}</span>
      </span>
      <span className={styles.when}>
        <span>{begin === end ? end : `${begin} – ${end}`}</span>
        {from ? <span className="muted">{from}</span> : null}
      </span>
    </li>
  );
}
