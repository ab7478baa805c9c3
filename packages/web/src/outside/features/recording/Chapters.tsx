import { useWords } from "../../words.ts";
import { useSpeaker } from "../watch/NowShowing.tsx";
import { type Chapter, clockOf } from "../watch/timeline.ts";
import styles from "./Chapters.module.css";

interface Props {
  chapters: Chapter[];
  /** Where the picture is, s. */
  seconds: number;
  onGo(seconds: number): void;
}

/** By item and by speaker. */
export function Chapters({ chapters, seconds, onGo }: Props) {
  const { t } = useWords();
  const speaker = useSpeaker();
  const present = chapters.findLastIndex((chapter) => chapter.seconds <= seconds + 0.05);
  return (
    <nav className={styles.chapters} aria-labelledby="chapters-title">
      <h2 id="chapters-title">{t("recording.chapters")}</h2>
      <ol>
        {chapters.map(({ entry, seconds: at, heads }, index) => (
          <li key={entry.at} data-heads={heads}>
            <button
              type="button"
              data-testid="chapter"
              data-seconds={at}
              aria-current={index === present ? "true" : undefined}
              onClick={() => onGo(at)}
            >
              <span className={styles.clock}>{clockOf(at)}</span>
              <span>
                {heads ? (
                  <strong>
                    {entry.scene === "live" && entry.item ? (
                      <>
                        {entry.item.number}. <bdi>{entry.item.title}</bdi>
                      </>
                    ) : (
                      t(entry.scene === "live" ? "recording.noItem" : `scene.${entry.scene}`)
                    )}
                  </strong>
                ) : null}
                {entry.speaker ? <span className={styles.speaker}>{speaker(entry.speaker)}</span> : null}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
