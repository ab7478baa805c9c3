import { AskButton } from "../../../design/parts/AskButton.tsx";
import { useWords } from "../../words.ts";

/** Takes somebody out of the roster, once the clerk has said so twice. */
export function DeleteButton({ name, onDelete }: { name: string; onDelete(): Promise<unknown> }) {
  const { t } = useWords();
  return (
    <AskButton
      small
      kind="danger"
      aria-label={t("people.deleteNamed", { name })}
      data-testid="roster-delete"
      ask={{
        question: t("people.delete.question", { name }),
        explanation: t("people.delete.explanation"),
        act: t("people.delete"),
      }}
      onAct={onDelete}
    >
      {t("people.delete")}
    </AskButton>
  );
}
