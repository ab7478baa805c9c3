import type { Role } from "@raadhuis/meeting";
import type { TimelineEntry } from "@raadhuis/protocol/public";
import { Icon } from "../../../design/parts/Icon.tsx";
import { joined } from "../../../i18n/isolate.ts";
import { roles } from "../../../i18n/texts.ts";
import { useWords } from "../../words.ts";
import styles from "./NowShowing.module.css";

/** `name · role · party`; a role that we do not know is shown as it came. */
export function useSpeaker(): (speaker: NonNullable<TimelineEntry["speaker"]>) => string {
  const { t } = useWords();
  return ({ name, role, party }) => joined([name, isKnown(role) ? t(`role.${role}`) : role, party]);
}

const isKnown = (role: string): role is Role => Object.hasOwn(roles, `role.${role}`);

interface Props {
  entry: TimelineEntry | null;
  /** How old the picture is, s; `null`: as young as promised. */
  late: number | null;
}

/** What is discussed and by whom, of the picture that is seen now; and how old that is, where it is not as good as live. */
export function NowShowing({ entry, late }: Props) {
  const { t, wait } = useWords();
  const speaker = useSpeaker();
  const live = entry?.scene === "live" && late === null;
  return (
    <section
      className={styles.now}
      aria-live="polite"
      aria-label={t("watch.now")}
      data-testid="programme"
      data-scene={entry?.scene ?? ""}
      data-item={entry?.item?.id ?? ""}
      data-at={entry?.at ?? ""}
      data-late={late ?? ""}
    >
      <span className={live ? "badge badge--air" : "badge"}>
        <Icon name={live ? "air" : "pause"} />
        {entry?.scene === "live" && late !== null
          ? t("scene.late")
          : t(entry ? `scene.${entry.scene}` : "scene.loading")}
      </span>
      {late === null ? null : <p data-testid="late">{t("watch.late", { age: wait(late) })}</p>}
      <p className={styles.item} data-testid="programme-item">
        {entry?.item ? (
          <>
            {entry.item.number}. <bdi>{entry.item.title}</bdi>
          </>
        ) : null}
      </p>
      <p data-testid="programme-speaker">{entry?.speaker ? speaker(entry.speaker) : null}</p>
    </section>
  );
}
