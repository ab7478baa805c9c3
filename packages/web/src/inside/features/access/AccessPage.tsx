import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { CheckField } from "../../../design/parts/Field.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { WhoseTimes } from "../../../design/parts/When.tsx";
import { useTimes } from "../../../i18n/zone.ts";
import { useWords } from "../../words.ts";
import { OfficePage } from "../office/OfficePage.tsx";
import { byDay } from "./days.ts";
import { EntryRow } from "./EntryRow.tsx";
import { useTrail } from "./useTrail.ts";
import "./access.css";

/** Who came in and who tried, newest first. */
export function AccessPage() {
  const { t } = useWords();
  const { day, date } = useTimes();
  const [query, setQuery] = useSearchParams();
  const failed = query.get("failed") === "true";
  const page = Math.max(1, Number(query.get("page")) || 1);
  const { trail, seen, code } = useTrail(page, failed);
  const go = (to: { page: number; failed: boolean }) =>
    setQuery({ ...(to.page > 1 ? { page: String(to.page) } : {}), ...(to.failed ? { failed: "true" } : {}) });
  const pages = trail?.pages ?? 1;
  useEffect(() => {
    // Newer browsers return a promise, which is nothing to give to React.
    void window.scrollTo({ top: 0 });
  }, [page]);
  return (
    <OfficePage title={t("access.title")} intro={<p className="lead">{t("access.lead")}</p>}>
      <div className="stack" data-testid="access">
        <CheckField
          label={t("access.onlyFailed")}
          checked={failed}
          data-testid="access-failed"
          onChange={(event) => go({ page: 1, failed: event.target.checked })}
        />
        <Problem code={code} />
        {trail?.entries.length === 0 ? (
          <p className="empty">{t(failed ? "access.nothingFailed" : "access.nothing")}</p>
        ) : null}
        <WhoseTimes now={Date.now()} />
        {byDay(trail?.entries ?? [], date).map(({ date, at, entries }) => (
          <section key={date} className="access-day">
            <h2>{day(at)}</h2>
            <ul className="list">
              {entries.map((entry) => (
                <EntryRow key={entry.id} entry={entry} seen={seen} />
              ))}
            </ul>
          </section>
        ))}
        {pages > 1 ? (
          <nav className="row access-pages" aria-label={t("access.pages")}>
            <Button disabled={page <= 1} data-testid="access-newer" onClick={() => go({ page: page - 1, failed })}>
              {t("access.newer")}
            </Button>
            <span>{t("access.page", { page, pages })}</span>
            <Button disabled={page >= pages} data-testid="access-older" onClick={() => go({ page: page + 1, failed })}>
              {t("access.older")}
            </Button>
          </nav>
        ) : null}
      </div>
    </OfficePage>
  );
}
