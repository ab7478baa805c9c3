import { AskButton } from "../../../design/parts/AskButton.tsx";
import { useWords } from "../../words.ts";

/** Takes an organ off the list, once the clerk has said so twice. */
export function RemoveOrgan({ name, onRemove }: { name: string; onRemove(): Promise<unknown> }) {
  const { t } = useWords();
  return (
    <AskButton
      small
      kind="danger"
      aria-label={t("organs.removeNamed", { name })}
      data-testid="organ-remove"
      ask={{
        question: t("organs.remove.question", { name }),
        explanation: t("organs.remove.explanation"),
        act: t("organs.remove"),
      }}
      onAct={onRemove}
    >
      {t("organs.remove")}
    </AskButton>
  );
}
