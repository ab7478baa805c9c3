import { Alert, Paragraph } from "@utrecht/component-library-react";
import { useWords } from "../../i18n/hooks.ts";

/** An error in words, beside what caused it; announced when it appears. */
export function Problem({ code }: { code: string | null }) {
  const { problem } = useWords();
  return (
    <div role="alert">
      {code === null ? null : (
        <div data-testid="problem" data-code={code}>
          <Alert type="error">
            <Paragraph>{problem(code)}</Paragraph>
          </Alert>
        </div>
      )}
    </div>
  );
}
