import type { Seat } from "@raadhuis/meeting";
import { useState } from "react";
import { Button, useBusy } from "../../../../design/parts/Button.tsx";
import { Confirm } from "../../../../design/parts/Confirm.tsx";
import { useWords } from "../../../../i18n/hooks.ts";
import type { Act } from "../hooks.ts";
import { useWho } from "../Who.tsx";

interface Props {
  seat: Seat;
  act: Act;
}

/** Removes a seat, once whoever conducts has said so twice. */
export function RemoveButton({ seat, act }: Props) {
  const { t } = useWords();
  const who = useWho();
  const [asking, setAsking] = useState(false);
  const [busy, working] = useBusy();
  return (
    <>
      <Button
        small
        kind="danger"
        busy={busy}
        data-testid="remove"
        aria-label={t("people.removeNamed", { who: who(seat) })}
        onClick={() => setAsking(true)}
      >
        {t("people.remove")}
      </Button>
      {asking ? (
        <Confirm
          question={t("people.remove.question", { who: who(seat) })}
          explanation={t("people.remove.explanation")}
          act={t("people.remove")}
          onConfirm={() => {
            setAsking(false);
            working(act({ type: "removeSeat", seat: seat.id }));
          }}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

/** `readmit`: as it is done where a new link can be made as well; elsewhere one is told to ask for it there. */
export function ReadmitButton({ seat, act, readmit }: Props & { readmit?: ((seat: Seat) => unknown) | undefined }) {
  const { t } = useWords();
  const who = useWho();
  const [asking, setAsking] = useState(false);
  const [busy, working] = useBusy();
  return (
    <>
      <Button
        small
        busy={busy}
        data-testid="readmit"
        aria-label={t("people.readmitNamed", { who: who(seat) })}
        onClick={() => (readmit ? readmit(seat) : setAsking(true))}
      >
        {t("people.readmit")}
      </Button>
      {asking ? (
        <Confirm
          question={t("people.readmit.question", { who: who(seat) })}
          explanation={t("people.readmit.explanation")}
          act={t("people.readmit")}
          onConfirm={() => {
            setAsking(false);
            working(act({ type: "readmitSeat", seat: seat.id }));
          }}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
