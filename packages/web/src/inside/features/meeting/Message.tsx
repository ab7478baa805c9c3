import type { ReactNode } from "react";
import { Icon, type IconName } from "../../../design/parts/Icon.tsx";
import styles from "./Message.module.css";

interface Props {
  testId: string;
  icon: IconName;
  words: string;
  kind?: "air" | "closed";
  /** More for tests. */
  data?: Record<`data-${string}`, string>;
  /** What can be done about it. */
  children?: ReactNode;
}

/** One thing that the person must know now. */
export function Message({ testId, icon, words, kind, data, children }: Props) {
  return (
    <div className={kind ? `${styles.message} ${styles[kind]}` : styles.message} data-testid={testId} {...data}>
      <p>
        <Icon name={icon} />
        {kind === "air" ? <strong>{words}</strong> : words}
      </p>
      {children ? <div className="row row--tight">{children}</div> : null}
    </div>
  );
}
