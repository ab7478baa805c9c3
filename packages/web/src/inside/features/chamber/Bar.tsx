import type { MeetingState } from "@raadhuis/meeting";
import { Icon } from "../../../design/parts/Icon.tsx";
import { LanguageSwitch } from "../../../design/parts/LanguageSwitch.tsx";
import { Elsewhere } from "../../../design/parts/When.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { useTimes } from "../../../i18n/zone.ts";
import { useNow } from "../meeting/hooks.ts";
import { DoorsAndAir, FloorHolder, PresentItem } from "../meeting/parts/Status.tsx";

/** Always in sight: doors, air, item, floor, clock. */
export function Bar({ state, clockOffset }: { state: MeetingState; clockOffset: number }) {
  return (
    <header className="bar">
      <div className="bar-badges">
        <DoorsAndAir state={state} />
      </div>
      <div className="bar-middle">
        <PresentItem state={state} />
        <FloorHolder state={state} />
      </div>
      <div className="bar-end">
        <Clock clockOffset={clockOffset} />
        <LanguageSwitch />
      </div>
    </header>
  );
}

function Clock({ clockOffset }: { clockOffset: number }) {
  const { t } = useWords();
  const { place, time, here } = useTimes();
  const now = useNow(clockOffset);
  return (
    <span className="clock" data-testid="clock">
      <Icon name="clock" />
      <span className="visually-hidden">{t("bar.clock")}</span>
      <span className="clock-time">
        {time(now)}
        {here(now) === null ? null : (
          <span className="clock-place">
            <span aria-hidden>{place}</span>
            <span className="visually-hidden">
              <Elsewhere at={now} />
            </span>
          </span>
        )}
      </span>
    </span>
  );
}
