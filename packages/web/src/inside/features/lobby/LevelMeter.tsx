import { useWords } from "../../words.ts";
import { useLevel } from "../media/hooks.ts";
import styles from "./LevelMeter.module.css";

/** Shows that the microphone hears. Not announced: it moves all the time. */
export function LevelMeter({ track }: { track: MediaStreamTrack | null }) {
  const { t } = useWords();
  const level = useLevel(track);
  return (
    <div className={styles.level}>
      <span id="level-name">{t("lobby.level")}</span>
      {/** biome-ignore lint/a11y/useSemanticElements: <meter> cannot be dressed in the same way in all browsers. */}
      <div
        role="meter"
        className={styles.track}
        data-testid="level"
        aria-labelledby="level-name"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={level}
      >
        <div className={styles.bar} style={{ inlineSize: `${level}%` }} />
      </div>
    </div>
  );
}
