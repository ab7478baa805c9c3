import type { Announcement } from "@raadhuis/protocol/public";
import { Page } from "../../../design/parts/Page.tsx";
import { Elsewhere } from "../../../design/parts/When.tsx";
import { useTimes } from "../../../i18n/zone.ts";
import { useWords } from "../../words.ts";
import { PublicAgenda } from "./PublicAgenda.tsx";
import { Share } from "./Share.tsx";
import styles from "./watch.module.css";

/** Not begun: when it does, this page becomes the picture by itself. */
export function Before({ announcement }: { announcement: Announcement }) {
  const { t } = useWords();
  const { day, time } = useTimes();
  const { title, body, startsAt, agenda } = announcement;
  return (
    <Page title={title} body={body} wide>
      <div className={styles.page} data-testid="watch" data-state="before">
        <div className="stack">
          <div className={styles.curtain}>
            <p className={styles.day}>{day(startsAt)}</p>
            <p className={styles.time}>{time(startsAt)}</p>
            <Elsewhere at={startsAt} />
            <p>{t("watch.before")}</p>
          </div>
        </div>
        <div className="stack">
          <PublicAgenda agenda={agenda} current={null} />
          <Share />
        </div>
      </div>
    </Page>
  );
}
