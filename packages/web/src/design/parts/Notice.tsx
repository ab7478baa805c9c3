import type { ReactNode } from "react";
import { useWords } from "../../i18n/hooks.ts";
import { Page } from "./Page.tsx";

interface Props {
  /** An error's; the words are the page's own. */
  code: string;
  body?: string | null;
  children?: ReactNode;
}

/** A whole page that says what happened and what to do. */
export function Notice({ code, body, children }: Props) {
  const { t } = useWords();
  return (
    <Page title={t(`notice.${code}.title`)} body={body ?? null}>
      <div className="stack" data-testid="notice" data-code={code} role="status">
        <p className="lead">{t(`notice.${code}.text`)}</p>
        {children ? <div className="row">{children}</div> : null}
      </div>
    </Page>
  );
}
