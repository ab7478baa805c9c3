import { Icon } from "../../../design/parts/Icon.tsx";
import { LanguageSwitch } from "../../../design/parts/LanguageSwitch.tsx";
import { Elsewhere } from "../../../design/parts/When.tsx";
import { useTimes } from "../../../i18n/zone.ts";
import { useWords } from "../../words.ts";
import { useNow } from "../meeting/hooks.ts";
import { DoorsAndAir, FloorHolder, PresentItem } from "../meeting/parts/Status.tsx";
import styles from "./Bar.module.css";

/** Always in sight: doors, air, item, floor, clock. */
export function Bar() {
  return (
    <header className={styles.bar}>
      <div className={styles.badges}>
        <DoorsAndAir />
      </div>
      <div className={styles.middle}>
        <PresentItem />
        <FloorHolder />
      </div>
      <div className={styles.end}>
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
    <span className={styles.clock} data-testid="clock">
      <Icon name="clock" />
      <span className="visually-hidden">{t("bar.clock")}</span>
      <span className={styles.time}>
        {time(now)}
        {here(now) === null ? null : (
          <span className={styles.place}>
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
