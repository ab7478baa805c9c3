import type { ReactNode } from "react";
import { Page } from "./Page.tsx";

interface Props {
  /** Why; for tests. */
  code: string;
  title: string;
  text: string;
  body?: string | null;
  children?: ReactNode;
}

/** A whole page that says what happened and what to do. */
export function Notice({ code, title, text, body, children }: Props) {
  return (
    <Page title={title} body={body ?? null}>
      <div className="stack" data-testid="notice" data-code={code} role="status">
        <p className="lead">{text}</p>
        {children ? <div className="row">{children}</div> : null}
      </div>
    </Page>
  );
}
