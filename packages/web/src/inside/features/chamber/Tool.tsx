import { Icon, type IconName } from "../../../design/parts/Icon.tsx";
import { News } from "./News.tsx";
import styles from "./Tool.module.css";

interface Props {
  testId: string;
  icon: IconName;
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  problem?: string | null;
  /** How much it leads to that was not seen. */
  news?: number;
  /** The key that does the same; `undefined` while keys are off. */
  keyName?: string | undefined;
  kind?: "keys" | "leave";
  onPress(): void;
}

/** One act of the toolbar: a picture, words, and the key that does the same. */
export function Tool({ testId, icon, label, pressed, disabled, problem, news = 0, keyName, kind, onPress }: Props) {
  return (
    <button
      type="button"
      className={kind ? `${styles.tool} ${styles[kind]}` : styles.tool}
      data-testid={testId}
      data-problem={problem ?? undefined}
      aria-pressed={pressed}
      aria-keyshortcuts={keyName}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name={icon} />
      {problem ? (
        <span className={styles.problem}>
          <Icon name="warning" />
        </span>
      ) : null}
      <span>{label}</span>
      <span className={styles.news}>
        <News count={news} />
      </span>
      {keyName ? (
        <span className={styles.key} aria-hidden="true">
          {keyName}
        </span>
      ) : null}
    </button>
  );
}
