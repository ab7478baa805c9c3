import { useWords } from "../../i18n/hooks.ts";
import { useTimes } from "../../i18n/zone.ts";

/** A day and a time of the body's, and the reader's own where that differs. */
export function When({ at }: { at: number }) {
  const { day, time } = useTimes();
  return (
    <time dateTime={new Date(at).toISOString()} data-testid="when">
      {day(at)}, {time(at)} <Elsewhere at={at} />
    </time>
  );
}

/** Whose time that is, and which it is where the reader is; nothing where both are the same. */
export function Elsewhere({ at }: { at: number }) {
  const { t } = useWords();
  const { place, here } = useTimes();
  const own = here(at);
  return own === null ? null : <span data-testid="elsewhere">{t("zone.elsewhere", { place, here: own })}</span>;
}

/** The same once for a page with many times. */
export function WhoseTimes({ now }: { now: number }) {
  const { t } = useWords();
  const { place, time, here } = useTimes();
  const own = here(now);
  if (own === null) return null;
  return (
    <p className="muted" data-testid="elsewhere">
      {t("zone.page", { place, there: time(now), here: own })}
    </p>
  );
}
