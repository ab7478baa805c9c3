import { useEffect, useRef, useState } from "react";

/**
 * Which row of a list is a form just now, by the `data-row` of its element. Its first field has the focus then, and the
 * row's first button when it is a row again.
 */
export function useEditedRow() {
  const [editing, edit] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const before = useRef<string | null>(null);
  useEffect(() => {
    const row = (id: string) => list.current?.querySelector(`[data-row="${id}"]`);
    if (editing) row(editing)?.querySelector("input")?.focus();
    else if (before.current) row(before.current)?.querySelector("button")?.focus();
    before.current = editing;
  }, [editing]);
  return { list, editing, edit };
}
