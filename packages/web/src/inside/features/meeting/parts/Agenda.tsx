import { Button } from "../../../../design/parts/Button.tsx";
import { useWords } from "../../../words.ts";
import { useActs, useConducts, useMeeting } from "../context.ts";
import section from "../section.module.css";
import styles from "./Agenda.module.css";

/** What is to be discussed; whoever conducts can start each item out of turn. */
export function Agenda() {
  const { t } = useWords();
  const { act } = useActs();
  const conducts = useConducts();
  const { agenda, item, phase } = useMeeting(({ agenda, item, phase }) => ({ agenda, item, phase }));
  return (
    <section className={section.section} aria-labelledby="agenda-title">
      <h2 id="agenda-title">{t("agenda.title")}</h2>
      {agenda.length === 0 ? <p className="muted">{t("agenda.empty")}</p> : null}
      <ol className={styles.agenda}>
        {agenda.map(({ id, title }, index) => {
          const current = id === item && phase !== "ended";
          return (
            <li
              key={id}
              className={styles.item}
              data-testid="agenda-item"
              data-item={id}
              data-current={current}
              aria-current={current ? "step" : undefined}
            >
              <span className={styles.number}>{index + 1}.</span>
              <span className={styles.name}>
                <bdi>{title ?? t("item.erased")}</bdi>
                {current ? <span className={styles.now}>{t("agenda.now")}</span> : null}
              </span>
              {conducts && phase === "open" && !current ? (
                <Button
                  small
                  data-testid="start-item"
                  aria-label={t("agenda.startNamed", { title: title ?? t("item.erased") })}
                  onClick={() => act({ type: "startItem", item: id })}
                >
                  {t("agenda.start")}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
