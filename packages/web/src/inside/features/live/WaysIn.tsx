import { CopyButton } from "../../../design/parts/CopyButton.tsx";
import { useWords } from "../../words.ts";
import { useMeeting } from "../meeting/context.ts";
import section from "../meeting/section.module.css";
import { useWatchedAt } from "../meeting/watchedAt.ts";
import { AllNewLinks } from "./AllNewLinks.tsx";
import { OwnWay } from "./OwnWay.tsx";

/** How one gets in: the clerk here, the public at the gallery, everybody else by a personal link. */
export function WaysIn() {
  const { t } = useWords();
  const watched = useWatchedAt();
  const hasEnded = useMeeting(({ phase }) => phase === "ended");
  return (
    <section className={section.section} aria-labelledby="ways-title" data-testid="ways-in">
      <h2 id="ways-title">{t("live.ways")}</h2>
      {hasEnded ? null : <OwnWay />}
      {watched ? (
        <>
          <h3 id="ways-public">{t("live.public")}</h3>
          <div className="row row--tight">
            <input
              className="utrecht-textbox utrecht-textbox--html-input"
              readOnly
              value={watched}
              data-testid="public-address"
              aria-labelledby="ways-public"
              onFocus={(event) => event.target.select()}
            />
            <CopyButton text={watched} small testId="copy-public" />
          </div>
        </>
      ) : null}
      {hasEnded ? null : <AllNewLinks />}
    </section>
  );
}
