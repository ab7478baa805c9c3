import { useCallback, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { drafts } from "./draft.ts";

export interface DraftPlace<Value> {
  /** Whose and of which form, such as `Kim Griffier.new-meeting`. */
  key: string;
  shape: z.ZodType<Value>;
  /** What is kept of it, where not all of it may be: no secret is. */
  without?: (value: Value) => Value;
}

/**
 * As useState, and what is typed is kept in this tab until it is forgotten. `place`: none, nothing is kept.
 * `restored`: it began with what was kept.
 */
export function useDraft<Value>(start: Value | (() => Value), place?: DraftPlace<Value>) {
  const [kept] = useState(() => (place ? drafts.read(place.key, place.shape) : null));
  const [value, setValue] = useState<Value>(() => kept ?? (start instanceof Function ? start() : start));
  const [restored, setRestored] = useState(kept !== null);
  const typed = useRef(false);
  const where = useRef(place);
  where.current = place;
  const set = useCallback((next: Value | ((before: Value) => Value)) => {
    typed.current = true;
    setValue(next);
  }, []);
  useEffect(() => {
    if (where.current && typed.current) drafts.write(where.current.key, where.current.without?.(value) ?? value);
  }, [value]);
  /** What stands there now, or `next`, is kept no more. */
  const forget = useCallback((next?: Value) => {
    typed.current = false;
    if (where.current) drafts.forget(where.current.key);
    setRestored(false);
    if (next !== undefined) setValue(next);
  }, []);
  return { value, set, forget, restored };
}
