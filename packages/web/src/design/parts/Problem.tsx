import { useWords } from "../../i18n/hooks.ts";
import { Alert } from "./Alert.tsx";

/** An error in words, beside what caused it; announced when it appears. `wait`: seconds until it is worth trying again. */
export function Problem({ code, wait }: { code: string | null; wait?: number | null | undefined }) {
  const { problem } = useWords();
  return (
    <div role="alert">
      {code === null ? null : (
        <div data-testid="problem" data-code={code}>
          <Alert type="error">{problem(code, wait)}</Alert>
        </div>
      )}
    </div>
  );
}
