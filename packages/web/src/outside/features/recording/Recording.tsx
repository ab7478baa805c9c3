import type { ReleasedState } from "@raadhuis/protocol/public";
import { useRef, useState } from "react";
import { Page } from "../../../design/parts/Page.tsx";
import { When } from "../../../design/parts/When.tsx";
import { fileOf } from "../../api/released.ts";
import { useWords } from "../../words.ts";
import { PublicAgenda } from "../watch/PublicAgenda.tsx";
import { Share } from "../watch/Share.tsx";
import { chaptersOf } from "../watch/timeline.ts";
import page from "../watch/watch.module.css";
import { Chapters } from "./Chapters.tsx";
import styles from "./Recording.module.css";

/** After the meeting: the recording, with its timeline as a list to go by; or that there is none (yet). */
export function Recording({ state }: { state: ReleasedState }) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [seconds, setSeconds] = useState(0);
  const { recording, timeline, meeting } = state;
  const chapters = recording ? chaptersOf(timeline, recording.offsets) : [];
  const go = (to: number) => {
    if (!video.current) return;
    video.current.currentTime = to;
    void video.current.play();
  };
  return (
    <Page
      title={state.title}
      body={state.body}
      wide
      intro={
        <p className="muted">
          <When at={state.startsAt} />
        </p>
      }
    >
      <div className={page.page} data-testid="watch" data-state="over">
        <div className="stack">
          {recording ? (
            // biome-ignore lint/a11y/useMediaCaption: captions come with the issue that makes them.
            <video
              ref={video}
              className={styles.video}
              data-testid="recording"
              aria-label={t("recording.picture")}
              src={fileOf(meeting, recording.file)}
              controls
              playsInline
              preload="metadata"
              onTimeUpdate={(event) => setSeconds(event.currentTarget.currentTime)}
            />
          ) : (
            <div className={page.curtain} role="status">
              <p className={page.day}>{t("recording.over")}</p>
              <p>{t("recording.none")}</p>
            </div>
          )}
          <div className="row">
            {recording ? (
              <a
                className="utrecht-button-link utrecht-button utrecht-button--secondary-action"
                href={fileOf(meeting, recording.file)}
                download
              >
                {t("recording.download", { megabytes: Math.max(1, Math.round(recording.bytes / 1e6)) })}
              </a>
            ) : null}
            <Share />
          </div>
        </div>
        {recording ? (
          <Chapters chapters={chapters} seconds={seconds} onGo={go} />
        ) : (
          <PublicAgenda agenda={state.agenda} current={null} />
        )}
      </div>
    </Page>
  );
}
