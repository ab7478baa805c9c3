import type { PublicIndex } from "@raadhuis/protocol/public";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { Page } from "../../../design/parts/Page.tsx";
import { When } from "../../../design/parts/When.tsx";
import { ZoneContext } from "../../../i18n/zone.ts";
import { index } from "../../api/released.ts";
import { useWords } from "../../words.ts";
import styles from "./Home.module.css";
import { useLive } from "./useLive.ts";

/** What there is to see: the public meetings, those that are live first, then the latest. */
export function Home() {
  const { t } = useWords();
  const [known, setKnown] = useState<PublicIndex | "missing" | "unreachable" | null>(null);
  useEffect(() => {
    void index().then((result) => setKnown(result.ok ? result.value : result.why));
  }, []);
  const listed = known !== null && typeof known === "object" ? known : null;
  const live = useLive(listed?.meetings);
  const isLive = ({ meeting }: { meeting: string }) => Number(live.has(meeting));
  const meetings = [...(listed?.meetings ?? [])].sort(
    (one, other) => isLive(other) - isLive(one) || other.startsAt - one.startsAt,
  );
  return (
    <Page
      title={t("gallery.title")}
      body={listed?.body ?? null}
      intro={<p className="lead">{t("gallery.lead", { body: listed?.body ?? t("page.house") })}</p>}
    >
      {known === "unreachable" ? <p role="alert">{t("gallery.unreachable")}</p> : null}
      {known === "missing" || (listed && meetings.length === 0) ? <p className="empty">{t("gallery.empty")}</p> : null}
      <ZoneContext value={listed?.zone ?? null}>
        <ul className={styles.list}>
          {meetings.map(({ meeting, title, startsAt }) => (
            <li key={meeting} data-live={live.has(meeting)}>
              <Link to={`/meeting/${meeting}`} data-testid="meeting-link" data-meeting={meeting}>
                <bdi>{title}</bdi>
              </Link>
              {live.has(meeting) ? <strong className={styles.live}>{t("gallery.live")}</strong> : null}
              <span>
                <When at={startsAt} />
              </span>
            </li>
          ))}
        </ul>
      </ZoneContext>
    </Page>
  );
}
