import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useWords } from "../../i18n/hooks.ts";
import { Button } from "./Button.tsx";
import { CheckField } from "./Field.tsx";
import "./confirm.css";

interface Props {
  question: string;
  explanation: string;
  act: string;
  /** What the way out is called, where "Cancel" could be misread. */
  cancel?: string;
  /** For what can never be undone: a sentence to be ticked before the act can be pressed. */
  sure?: string;
  /** What is to be chosen first. */
  children?: ReactNode;
  onConfirm(): void;
  onCancel(): void;
}

/**
 * Asks before an act that is hard to undo. The focus begins on the way out, so that whoever presses Enter once too often
 * has done nothing. The browser's own dialog keeps the focus inside; it goes back afterwards.
 */
export function Confirm({ question, explanation, act, cancel, sure, children, onConfirm, onCancel }: Props) {
  const { t } = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isSure, setSure] = useState(false);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("[data-testid=cancel]")?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  // Not inside what asks: a panel that closes meanwhile would hide the question, and the page waits for its answer.
  return createPortal(
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
      {sure ? (
        <CheckField
          label={sure}
          data-testid="sure"
          checked={isSure}
          onChange={(event) => setSure(event.target.checked)}
        />
      ) : null}
      <div className="row">
        <Button data-testid="cancel" onClick={onCancel}>
          {cancel ?? t("confirm.cancel")}
        </Button>
        <Button kind="primary" data-testid="confirm" disabled={sure !== undefined && !isSure} onClick={onConfirm}>
          {act}
        </Button>
      </div>
    </dialog>,
    document.body,
  );
}
