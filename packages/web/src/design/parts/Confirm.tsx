import { useEffect, useId, useRef } from "react";
import { useWords } from "../../i18n/hooks.ts";
import { Button } from "./Button.tsx";
import "./confirm.css";

interface Props {
  question: string;
  explanation: string;
  act: string;
  onConfirm(): void;
  onCancel(): void;
}

/** Asks before an act that is hard to undo. The browser's own dialog keeps the focus inside. */
export function Confirm({ question, explanation, act, onConfirm, onCancel }: Props) {
  const { t } = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby={id} onClose={onCancel}>
      <h2 id={id}>{question}</h2>
      <p>{explanation}</p>
      <div className="row">
        <Button kind="primary" data-testid="confirm" onClick={onConfirm}>
          {act}
        </Button>
        <Button data-testid="cancel" onClick={onCancel}>
          {t("confirm.cancel")}
        </Button>
      </div>
    </dialog>
  );
}
