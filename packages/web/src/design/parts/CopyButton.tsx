import { useEffect, useState } from "react";
import { useWords } from "../../i18n/hooks.ts";
import { Button } from "./Button.tsx";

/** Puts `text` on the clipboard and says so for a moment. */
export function CopyButton(props: {
  text: string;
  label?: string;
  testId?: string;
  primary?: boolean;
  small?: boolean;
}) {
  const { t } = useWords();
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), 3000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard.writeText(props.text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <Button
      kind={props.primary ? "primary" : "secondary"}
      small={props.small ?? false}
      icon={copied ? "check" : "copy"}
      data-testid={props.testId ?? "copy"}
      onClick={() => void copy()}
    >
      <span aria-live="polite">
        {copied === null ? (props.label ?? t("copy.copy")) : copied ? t("copy.copied") : t("copy.failed")}
      </span>
    </Button>
  );
}
