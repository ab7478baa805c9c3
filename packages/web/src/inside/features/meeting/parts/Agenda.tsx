import type { MeetingState } from "@raadhuis/meeting";
import { Button } from "../../../../design/parts/Button.tsx";
import { useWords } from "../../../../i18n/hooks.ts";
import type { Act } from "../hooks.ts";

/** `act` for those who conduct: each item can be started out of turn. */
export function Agenda({ state, act }: { state: MeetingState; act?: Act | undefined }) {
  const { t } = useWords();
  return (
    <section className="panel" aria-labelledby="agenda-title">
      <h2 id="agenda-title">{t("agenda.title")}</h2>
      {state.agenda.length === 0 ? <p className="muted">{t("agenda.empty")}</p> : null}
      <ol className="agenda">
        {state.agenda.map(({ id, title }, index) => {
          const current = id === state.item && state.phase !== "ended";
          return (
            <li
              key={id}
              data-testid="agenda-item"
              data-item={id}
              data-current={current}
              aria-current={current ? "step" : undefined}
            >
              <span className="agenda-number">{index + 1}.</span>
              <span className="agenda-name">
                <bdi>{title ?? t("item.erased")}</bdi>
                {current ? <span className="agenda-now">{t("agenda.now")}</span> : null}
              </span>
              {act && state.phase === "open" && !current ? (
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
