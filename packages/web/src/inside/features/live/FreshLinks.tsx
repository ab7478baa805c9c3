import { useEffect, useRef } from "react";
import { useWords } from "../../words.ts";
import styles from "../meeting/section.module.css";
import { LinkRow } from "../meetings/LinkRow.tsx";
import { SaveLinks } from "../meetings/SaveLinks.tsx";
import { useLinks } from "./links.ts";

/** Links that were made here just now, the newest first; the focus goes to it. */
export function FreshLinks() {
  const { t } = useWords();
  const links = useLinks().fresh;
  const section = useRef<HTMLElement>(null);
  const newest = links[0]?.link;
  useEffect(() => {
    if (newest !== undefined) section.current?.querySelector("input")?.focus();
  }, [newest]);
  if (links.length === 0) return null;
  return (
    <section className={styles.section} ref={section}>
      <h2>{t("live.freshLinks")}</h2>
      <p>{t("live.freshOnce")}</p>
      <SaveLinks links={links} />
      <ul>
        {links.map((one) => (
          <LinkRow key={one.link} link={one} />
        ))}
      </ul>
    </section>
  );
}
