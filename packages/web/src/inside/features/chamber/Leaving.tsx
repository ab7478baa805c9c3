import { Confirm } from "../../../design/parts/Confirm.tsx";
import { useWords } from "../../words.ts";

/** Asks before one leaves, by the button or by its key, which lies beside those one types with. */
export function Leaving({ conducts, onLeave, onStay }: { conducts: boolean; onLeave(): void; onStay(): void }) {
  const { t } = useWords();
  return (
    <Confirm
      question={t("leave.question")}
      explanation={t(conducts ? "leave.explanation.conducts" : "leave.explanation")}
      act={t("tool.leave")}
      cancel={t("leave.stay")}
      onConfirm={onLeave}
      onCancel={onStay}
    />
  );
}
