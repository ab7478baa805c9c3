import { useState } from "react";
import { Button, useBusy } from "../../../design/parts/Button.tsx";
import { Confirm } from "../../../design/parts/Confirm.tsx";
import { useWords } from "../../../i18n/hooks.ts";

/** Takes somebody out of the roster, once the clerk has said so twice. */
export function DeleteButton({ name, onDelete }: { name: string; onDelete(): Promise<unknown> }) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const [busy, working] = useBusy();
  return (
    <>
      <Button
        small
        kind="danger"
        aria-label={t("people.deleteNamed", { name })}
        busy={busy}
        data-testid="roster-delete"
        onClick={() => setAsking(true)}
      >
        {t("people.delete")}
      </Button>
      {asking ? (
        <Confirm
          question={t("people.delete.question", { name })}
          explanation={t("people.delete.explanation")}
          act={t("people.delete")}
          onConfirm={() => {
            setAsking(false);
            working(onDelete());
          }}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
