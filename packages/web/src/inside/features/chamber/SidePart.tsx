import { Tabs } from "@base-ui/react/tabs";
import { Icon } from "../../../design/parts/Icon.tsx";
import { useWords } from "../../words.ts";
import { useConducts } from "../meeting/context.ts";
import { Conduct } from "../meeting/parts/Conduct.tsx";
import { News } from "./News.tsx";
import styles from "./SidePart.module.css";
import type { Side } from "./side.ts";

/** Beside the pictures: what one conducts by, then the panels, in a column or by tabs. */
export function SidePart({ side }: { side: Side }) {
  const { t } = useWords();
  const conducts = useConducts();
  return (
    <aside className={styles.side} id="side" data-open={side.isOpen} aria-label={t("chamber.side")}>
      {conducts ? <Conduct /> : null}
      <Tabs.Root value={side.chosen} onValueChange={side.choose}>
        {side.isNarrow ? (
          <Tabs.List className={styles.tabs} activateOnFocus aria-label={t("chamber.side")}>
            {side.panels.map(({ id, icon, title }) => (
              <Tabs.Tab key={id} value={id} className={styles.tab} data-testid="tab" data-panel={id}>
                <Icon name={icon} />
                <span>{t(title)}</span>
                <News count={side.news.get(id) ?? 0} />
              </Tabs.Tab>
            ))}
          </Tabs.List>
        ) : null}
        {side.panels.map(({ id, Content }) => (
          // The same element in both ways, so that nothing in it is lost when a tablet is turned.
          <Tabs.Panel
            key={id}
            value={id}
            keepMounted
            data-testid="panel-content"
            data-panel={id}
            render={({ ref, children, ...asTab }) => (
              <div ref={ref} {...(side.isNarrow ? asTab : {})} data-testid="panel-content" data-panel={id}>
                {children}
              </div>
            )}
          >
            <Content />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </aside>
  );
}
