import { useWords } from "../../i18n/hooks.ts";
import { Alert } from "./Alert.tsx";

/** An error in words, beside what caused it; announced when it appears. */
export function Problem({ code }: { code: string | null }) {
  const { problem } = useWords();
  return (
    <div role="alert">
      {code === null ? null : (
        <div data-testid="problem" data-code={code}>
          <Alert type="error">{problem(code)}</Alert>
        </div>
      )}
    </div>
  );
}
