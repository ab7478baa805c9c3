import { type ReactNode, useEffect, useId, useRef } from "react";
import { useWords } from "../../i18n/hooks.ts";
import { Button } from "./Button.tsx";
import "./confirm.css";

interface Props {
  question: string;
  explanation: string;
  act: string;
  /** What is to be chosen first. */
  children?: ReactNode;
  onConfirm(): void;
  onCancel(): void;
}

/** Asks before an act that is hard to undo. The browser's own dialog keeps the focus inside; it goes back afterwards. */
export function Confirm({ question, explanation, act, children, onConfirm, onCancel }: Props) {
  const { t } = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="confirm"
      aria-labelledby={id}
      aria-describedby={`${id}-explanation`}
      onClose={onCancel}
    >
      <h2 id={id}>{question}</h2>
      <p id={`${id}-explanation`}>{explanation}</p>
      {children}
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
