import type { Seat } from "@raadhuis/meeting";
import { useState } from "react";
import { Button, useBusy } from "../../../design/parts/Button.tsx";
import { Confirm } from "../../../design/parts/Confirm.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { useWho } from "../meeting/Who.tsx";

/** Makes a new link for a seat. Whoever is in by the present one is put out by it: so it asks first. */
export function NewLink({ seat, onRenew }: { seat: Seat; onRenew(): Promise<unknown> }) {
  const { t } = useWords();
  const who = useWho();
  const [asking, setAsking] = useState(false);
  const [busy, working] = useBusy();
  return (
    <>
      <Button
        small
        busy={busy}
        data-testid="new-link"
        aria-label={t("live.newLinkNamed", { who: who(seat) })}
        onClick={() => (seat.present ? setAsking(true) : onRenew())}
      >
        {t("live.newLink")}
      </Button>
      {asking ? (
        <Confirm
          question={t("live.newLink.question", { who: who(seat) })}
          explanation={t("live.newLink.explanation")}
          act={t("live.newLink.act")}
          onConfirm={() => {
            setAsking(false);
            working(onRenew());
          }}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
