import { Icon } from "../../../design/parts/Icon.tsx";
import { LanguageSwitch } from "../../../design/parts/LanguageSwitch.tsx";
import { Elsewhere } from "../../../design/parts/When.tsx";
import { useTimes } from "../../../i18n/zone.ts";
import { useWords } from "../../words.ts";
import { useNow } from "../meeting/hooks.ts";
import { DoorsAndAir, FloorHolder, PresentItem } from "../meeting/parts/Status.tsx";

/** Always in sight: doors, air, item, floor, clock. */
export function Bar() {
  return (
    <header className="bar">
      <div className="bar-badges">
        <DoorsAndAir />
      </div>
      <div className="bar-middle">
        <PresentItem />
        <FloorHolder />
      </div>
      <div className="bar-end">
        <Clock />
        <LanguageSwitch />
      </div>
    </header>
  );
}

function Clock() {
  const { t } = useWords();
  const { place, time, here } = useTimes();
  const now = useNow();
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
