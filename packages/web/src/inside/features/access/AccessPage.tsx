import type { Result } from "@raadhuis/client";
import type { Trail } from "@raadhuis/protocol/http";
import { useEffect, useState } from "react";
import { type LoaderFunctionArgs, useSearchParams } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { CheckField } from "../../../design/parts/Field.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { WhoseTimes } from "../../../design/parts/When.tsx";
import { useTimes } from "../../../i18n/zone.ts";
import { inSession } from "../../api/house.ts";
import { useLoaded } from "../../api/loaded.ts";
import { useWords } from "../../words.ts";
import { OfficePage } from "../office/OfficePage.tsx";
import styles from "./AccessPage.module.css";
import { byDay } from "./days.ts";
import { EntryRow } from "./EntryRow.tsx";

/** What of it is looked at, by the address. */
const askedBy = (query: URLSearchParams) => ({
  page: Math.max(1, Number(query.get("page")) || 1),
  failed: query.get("failed") === "true",
});

export function loader({ request }: Pick<LoaderFunctionArgs, "request">): Promise<Result<Trail>> {
  const { page, failed } = askedBy(new URL(request.url).searchParams);
  return inSession.trail.page({ query: { page, failed: failed ? "true" : "false" } });
}

/** Who came in and who tried, newest first. */
export function Component() {
  const { t } = useWords();
  const { day, date } = useTimes();
  const [query, setQuery] = useSearchParams();
  const { page, failed } = askedBy(query);
  const { value: trail, failure } = useLoaded<Trail>();
  /** When this clerk looked before they came here. */
  const [seen] = useState(trail.seen);
  const go = (to: { page: number; failed: boolean }) =>
    setQuery({ ...(to.page > 1 ? { page: String(to.page) } : {}), ...(to.failed ? { failed: "true" } : {}) });
  const { pages, entries } = trail;
  // Whoever sees the newest page has looked.
  useEffect(() => {
    if (page === 1 && failure === null) void inSession.trail.look();
  }, [page, failure]);
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
        <Problem code={failure?.code ?? null} />
        {entries.length === 0 ? <p className="empty">{t(failed ? "access.nothingFailed" : "access.nothing")}</p> : null}
        <WhoseTimes now={Date.now()} />
        {byDay(entries, date).map(({ date, at, entries }) => (
          <section key={date} className={styles.day}>
            <h2>{day(at)}</h2>
            <ul className="list">
              {entries.map((entry) => (
                <EntryRow key={entry.id} entry={entry} seen={seen} />
              ))}
            </ul>
          </section>
        ))}
        {pages > 1 ? (
          <nav className={`row ${styles.pages}`} aria-label={t("access.pages")}>
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
