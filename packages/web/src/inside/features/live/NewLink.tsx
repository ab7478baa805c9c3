import type { Seat } from "@raadhuis/meeting";
import { AskButton } from "../../../design/parts/AskButton.tsx";
import { useWords } from "../../words.ts";
import { useWho } from "../meeting/Who.tsx";
import { useLinks } from "./links.ts";

/** Makes a new link for a seat. Whoever is in by the present one is put out by it: so it asks first. */
export function NewLink({ seat }: { seat: Seat }) {
  const { t } = useWords();
  const who = useWho();
  const { renew } = useLinks();
  const ask = {
    question: t("live.newLink.question", { who: who(seat) }),
    explanation: t("live.newLink.explanation"),
    act: t("live.newLink.act"),
  };
  return (
    <AskButton
      small
      data-testid="new-link"
      aria-label={t("live.newLinkNamed", { who: who(seat) })}
      ask={seat.present ? ask : null}
      onAct={() => renew(seat.id)}
    >
      {t("live.newLink")}
    </AskButton>
  );
}
