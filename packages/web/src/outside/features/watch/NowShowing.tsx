import type { TimelineEntry } from "@raadhuis/protocol";
import { Icon } from "../../../design/parts/Icon.tsx";
import { useWords } from "../../../i18n/hooks.ts";

/** `name · role · party`; a role that we do not know is shown as it came. */
export function useSpeaker(): (speaker: NonNullable<TimelineEntry["speaker"]>) => string {
  const { t } = useWords();
  return ({ name, role, party }) =>
    [name, t(`role.${role}`, { defaultValue: role }), party].filter(Boolean).join(" · ");
}

/** What is discussed and by whom, of the picture that is seen now. */
export function NowShowing({ entry }: { entry: TimelineEntry | null }) {
  const { t } = useWords();
  const speaker = useSpeaker();
  const live = entry?.scene === "live";
  return (
    <section
      className="now"
      aria-live="polite"
      aria-label={t("watch.now")}
      data-testid="programme"
      data-scene={entry?.scene ?? ""}
      data-item={entry?.item?.id ?? ""}
      data-at={entry?.at ?? ""}
    >
      <span className={live ? "badge badge--air" : "badge"}>
        <Icon name={live ? "air" : "pause"} />
        {t(entry ? `scene.${entry.scene}` : "scene.loading")}
      </span>
      <p className="now-item" data-testid="programme-item">
        {entry?.item ? `${entry.item.number}. ${entry.item.title}` : null}
      </p>
      <p data-testid="programme-speaker">{entry?.speaker ? speaker(entry.speaker) : null}</p>
    </section>
  );
}
