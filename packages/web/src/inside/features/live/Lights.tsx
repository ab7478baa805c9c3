import { useWords } from "../../words.ts";
import { useKnown } from "../meeting/context.ts";
import section from "../meeting/section.module.css";

const parts = ["media", "stream", "recording", "storage"] as const;

/** How the parts are: a light, and the same in words. */
export function Lights() {
  const { t } = useWords();
  const health = useKnown(({ health }) => health);
  if (health === null) return null;
  return (
    <section className={section.section} aria-labelledby="lights-title">
      <h2 id="lights-title">{t("lights.title")}</h2>
      <ul className="lights" aria-live="polite">
        {parts.map((part) => (
          <li key={part} data-testid="light" data-part={part} data-light={health[part].light}>
            <span className="light" data-light={health[part].light} aria-hidden="true" />
            <strong>{t(`lights.${part}`)}</strong>
            <span>{t(`health.${health[part].code}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
