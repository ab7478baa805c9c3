import type { TrailNews } from "@raadhuis/protocol/http";
import { Link } from "react-router";
import { Alert } from "../../../design/parts/Alert.tsx";
import { useTimes } from "../../../i18n/zone.ts";
import { useWords } from "../../words.ts";
import { daysBetween } from "./days.ts";
import styles from "./GuessingNotice.module.css";

/** Says so when somebody guessed at passwords or links since the clerk last looked. */
export function GuessingNotice({ news }: { news: TrailNews }) {
  const { t, daysAgo } = useWords();
  const { day, date } = useTimes();
  if (!news.guessing || news.since === null) return null;
  const { failed, networks, more, since } = news;
  const ago = daysBetween(date(since), date(Date.now()));
  const from =
    networks === 0
      ? t("access.manyNetworks")
      : t(more ? "access.news.fromMore" : "access.news.from", { count: networks });
  const words =
    ago === 0
      ? t("access.news.today", { count: failed, from })
      : t("access.news.since", { count: failed, from, since: ago === 1 ? daysAgo(1) : day(since) });
  return (
    <div className={styles.words} role="status" data-testid="guessing" data-failed={failed}>
      <Alert type="warning">
        {words} <Link to="/office/access?failed=true">{t("access.news.look")}</Link>
      </Alert>
    </div>
  );
}
