import type { Office } from "@raadhuis/protocol/http";
import { useEffect, useId, useRef } from "react";
import { createPortal } from "react-dom";
import { Button } from "../../../design/parts/Button.tsx";
import "../../../design/parts/confirm.css";
import { useWords } from "../../words.ts";
import { SignInForm } from "./SignInForm.tsx";

interface Props {
  onSignedIn(office: Office): void;
  onCancel(): void;
}

/** Over the page whose session is over: it stays as it is, with all that was typed, and goes on afterwards. */
export function SignInAgain({ onSignedIn, onCancel }: Props) {
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
  return createPortal(
    <dialog
      ref={dialog}
      className="confirm confirm--veil"
      aria-labelledby={id}
      aria-describedby={`${id}-explanation`}
      data-testid="sign-in-again"
      onClose={onCancel}
    >
      <h2 id={id}>{t("signin.again.title")}</h2>
      <p id={`${id}-explanation`}>{t("signin.again.text")}</p>
      <SignInForm onSignedIn={onSignedIn}>
        <Button kind="subtle" data-testid="sign-in-later" onClick={onCancel}>
          {t("signin.again.later")}
        </Button>
      </SignInForm>
    </dialog>,
    document.body,
  );
}
