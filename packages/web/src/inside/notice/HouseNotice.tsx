import type { ReactNode } from "react";
import { Notice } from "../../design/parts/Notice.tsx";
import { useWords } from "../words.ts";
import type { NoticeCode } from "./codes.ts";

interface Props {
  code: NoticeCode;
  body?: string | null;
  children?: ReactNode;
}

/** A page of its own for why somebody cannot go on here. */
export function HouseNotice({ code, body, children }: Props) {
  const { t } = useWords();
  return (
    <Notice code={code} title={t(`notice.${code}.title`)} text={t(`notice.${code}.text`)} body={body ?? null}>
      {children}
    </Notice>
  );
}
