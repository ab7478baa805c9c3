import { useState } from "react";
import { Button, useBusy } from "../../../design/parts/Button.tsx";
import { Confirm } from "../../../design/parts/Confirm.tsx";
import { useWords } from "../../../i18n/hooks.ts";

/** Takes an organ off the list, once the clerk has said so twice. */
export function RemoveOrgan({ name, onRemove }: { name: string; onRemove(): Promise<unknown> }) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const [busy, working] = useBusy();
  return (
    <>
      <Button
        small
        kind="danger"
        aria-label={t("organs.removeNamed", { name })}
        busy={busy}
        data-testid="organ-remove"
        onClick={() => setAsking(true)}
      >
        {t("organs.remove")}
      </Button>
      {asking ? (
        <Confirm
          question={t("organs.remove.question", { name })}
          explanation={t("organs.remove.explanation")}
          act={t("organs.remove")}
          onConfirm={() => {
            setAsking(false);
            working(onRemove());
          }}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
