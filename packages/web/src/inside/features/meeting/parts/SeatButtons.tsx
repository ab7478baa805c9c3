import type { Seat } from "@raadhuis/meeting";
import { AskButton } from "../../../../design/parts/AskButton.tsx";
import { useWords } from "../../../words.ts";
import { useActs } from "../context.ts";
import { useWho } from "../Who.tsx";

/** Removes a seat, once whoever conducts has said so twice. */
export function RemoveButton({ seat }: { seat: Seat }) {
  const { t } = useWords();
  const { act } = useActs();
  const who = useWho();
  return (
    <AskButton
      small
      kind="danger"
      data-testid="remove"
      aria-label={t("people.removeNamed", { who: who(seat) })}
      ask={{
        question: t("people.remove.question", { who: who(seat) }),
        explanation: t("people.remove.explanation"),
        act: t("people.remove"),
      }}
      onAct={() => act({ type: "removeSeat", seat: seat.id })}
    >
      {t("people.remove")}
    </AskButton>
  );
}

/** `readmit`: as it is done where a new link can be made as well; elsewhere one is told to ask for it there. */
export function ReadmitButton({ seat, readmit }: { seat: Seat; readmit?: ((seat: Seat) => unknown) | undefined }) {
  const { t } = useWords();
  const { act } = useActs();
  const who = useWho();
  const ask = {
    question: t("people.readmit.question", { who: who(seat) }),
    explanation: t("people.readmit.explanation"),
    act: t("people.readmit"),
  };
  return (
    <AskButton
      small
      data-testid="readmit"
      aria-label={t("people.readmitNamed", { who: who(seat) })}
      ask={readmit ? null : ask}
      onAct={() => (readmit ? readmit(seat) : act({ type: "readmitSeat", seat: seat.id }))}
    >
      {t("people.readmit")}
    </AskButton>
  );
}
