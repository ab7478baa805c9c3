import type { ReactNode } from "react";
import { Button } from "../../design/parts/Button.tsx";
import { Problem } from "../../design/parts/Problem.tsx";
import { useWords } from "../words.ts";
import type { FormInHand } from "./useForm.ts";

interface Props {
  form: FormInHand;
  /** For controls that stand outside of it. */
  id?: string;
  className?: string;
  children: ReactNode;
}

/** A form of the house: what is wrong is said by itself, in the reader's language, and not by the browser. */
export function Form({ form, id, className = "stack", children }: Props) {
  return (
    <form
      ref={form.root}
      id={id}
      className={className}
      noValidate
      aria-busy={form.busy || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
    >
      {children}
    </form>
  );
}

interface SubmitProps {
  form: FormInHand;
  label: string;
  testId: string;
  kind?: "primary" | "secondary";
  /** Of the form, where the button stands outside of it. */
  of?: string;
  /** There is nothing to send. */
  disabled?: boolean;
  /** There is a way out, which forgets what was typed. */
  onCancel?: (() => void) | undefined;
  /** More beside it, such as a way out. */
  children?: ReactNode;
}

/** The button that sends, and above it why it could not be, where that is of no field. */
export function Submit({
  form,
  label,
  testId,
  kind = "secondary",
  of,
  disabled = false,
  onCancel,
  children,
}: SubmitProps) {
  const { t } = useWords();
  return (
    <>
      <Problem code={form.failure?.code ?? null} wait={form.failure?.wait} />
      <div className="row">
        <Button
          type="submit"
          kind={kind}
          busy={form.busy}
          disabled={disabled}
          data-testid={testId}
          {...(of ? { form: of } : {})}
        >
          {label}
        </Button>
        {onCancel ? (
          <Button
            kind="subtle"
            onClick={() => {
              form.reset();
              onCancel();
            }}
          >
            {t("confirm.cancel")}
          </Button>
        ) : null}
        {children}
      </div>
    </>
  );
}

/** Says that what was typed before is there again, and gives the way to an empty form. */
export function DraftNote({ form }: { form: FormInHand }) {
  const { t } = useWords();
  if (!form.restored) return null;
  return (
    <p className="row row--tight" role="status" data-testid="draft-kept">
      <span className="muted">{t("form.restored")}</span>
      <Button small kind="subtle" data-testid="draft-drop" onClick={form.reset}>
        {t("form.anew")}
      </Button>
    </p>
  );
}
