import type { ReleasedState } from "@raadhuis/protocol/public";
import { useWords } from "../../words.ts";
import styles from "./PublicAgenda.module.css";

export function PublicAgenda({ agenda, current }: { agenda: ReleasedState["agenda"]; current: string | null }) {
  const { t } = useWords();
  return (
    <section className={styles.agenda} aria-labelledby="agenda-title">
      <h2 id="agenda-title">{t("agenda.title")}</h2>
      {agenda.length === 0 ? <p className="muted">{t("agenda.empty")}</p> : null}
      <ol>
        {agenda.map(({ id, number, title }) => (
          <li
            key={id}
            data-testid="agenda-item"
            data-item={id}
            data-current={id === current}
            aria-current={id === current ? "step" : undefined}
          >
            <span>{number}.</span>
            <span>
              <bdi>{title}</bdi>
              {id === current ? <em>{t("agenda.now")}</em> : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
