import { useWords } from "../../words.ts";
import styles from "./News.module.css";
import type { Side } from "./side.ts";

/** How much has come that was not seen: a number in sight, and in words for whoever hears it. */
export function News({ count }: { count: number }) {
  const { t } = useWords();
  if (count === 0) return null;
  return (
    <span className={styles.news} data-testid="news">
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="visually-hidden">{t("panel.news", { count })}</span>
    </span>
  );
}

/** Says politely to which panels something came. */
export function NewsAloud({ side }: { side: Side }) {
  const { t } = useWords();
  const words = side.panels.flatMap(({ id, title }) => {
    const count = side.news.get(id);
    return count ? [t("panel.newsIn", { panel: t(title), count })] : [];
  });
  return (
    <p className="visually-hidden" role="status" data-testid="news-aloud">
      {words.join(". ")}
    </p>
  );
}
