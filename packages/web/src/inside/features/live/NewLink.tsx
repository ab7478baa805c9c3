import type { Seat } from "@raadhuis/meeting";
import { AskButton } from "../../../design/parts/AskButton.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { useWho } from "../meeting/Who.tsx";

/** Makes a new link for a seat. Whoever is in by the present one is put out by it: so it asks first. */
export function NewLink({ seat, onRenew }: { seat: Seat; onRenew(): Promise<unknown> }) {
  const { t } = useWords();
  const who = useWho();
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
      onAct={onRenew}
    >
      {t("live.newLink")}
    </AskButton>
  );
}
