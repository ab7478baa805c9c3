import type { Result } from "@raadhuis/client";
import type { MeetingSummary, TrailNews } from "@raadhuis/protocol/http";
import { Link } from "react-router";
import { ButtonLink } from "../../../design/parts/Button.tsx";
import { Icon } from "../../../design/parts/Icon.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { When } from "../../../design/parts/When.tsx";
import { inSession } from "../../api/house.ts";
import { useLoaded } from "../../api/loaded.ts";
import { useWords } from "../../words.ts";
import { GuessingNotice } from "../access/GuessingNotice.tsx";
import { Of } from "../meeting/Of.tsx";
import { OfficePage } from "../office/OfficePage.tsx";
import styles from "./MeetingsPage.module.css";

interface Found {
  meetings: MeetingSummary[];
  /** `null`: they did not come, and the meetings are there all the same. */
  news: TrailNews | null;
}

export async function loader(): Promise<Result<Found>> {
  const [meetings, news] = await Promise.all([inSession.meetings.list(), inSession.trail.news()]);
  if (!meetings.ok) return meetings;
  return { ok: true, value: { meetings: meetings.value, news: news.ok ? news.value : null } };
}

/** Where the clerk begins: all meetings, those to come first. */
export function Component() {
  const { t } = useWords();
  const { value, failure } = useLoaded<Found>();
  const { meetings, news } = value;
  const create = (
    <ButtonLink kind="primary" to="/office/meetings/new" data-testid="new-meeting">
      <Icon name="plus" />
      {t("meetings.new")}
    </ButtonLink>
  );
  return (
    <OfficePage title={t("meetings.title")}>
      <div className="stack" data-testid="office">
        {news ? <GuessingNotice news={news} /> : null}
        <Problem code={failure?.code ?? null} />
        {meetings.length === 0 ? (
          <div className="empty">
            <p>{t("meetings.empty")}</p>
            {create}
          </div>
        ) : (
          <div className="row">{create}</div>
        )}
        {meetings.length > 0 ? (
          <ul className="list">
            {[...meetings].sort(soonestFirst).map(({ meeting, title, organ, startsAt, phase, kind, readable }) => (
              <li
                key={meeting}
                className={styles.row}
                data-testid="meeting-row"
                data-meeting={meeting}
                data-phase={phase}
              >
                <span>
                  <Link to={`/office/meetings/${meeting}`}>
                    <bdi>{title ?? t("meeting.untitled")}</bdi>
                  </Link>
                  <br />
                  {organ === null ? null : <Of organ={organ} />}
                  <When at={startsAt} /> · {t(`kind.${kind}`)}
                </span>
                {readable ? null : <span className="badge badge--strong">{t("meetings.unreadable")}</span>}
                <span className={phase === "open" ? "badge badge--strong" : "badge"}>{t(`phase.short.${phase}`)}</span>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </OfficePage>
  );
}

const soonestFirst = (one: MeetingSummary, other: MeetingSummary) =>
  Number(one.phase === "ended") - Number(other.phase === "ended") || one.startsAt - other.startsAt;
