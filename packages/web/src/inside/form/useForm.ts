import type { Failure } from "@raadhuis/client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useWords } from "../words.ts";
import { type Fault, type Faults, refusedField } from "./faults.ts";
import { type DraftPlace, useDraft } from "./useDraft.ts";

/** The names of those fields that hold text and nothing else. */
type TextFields<Values> = { [Name in keyof Values & string]: string extends Values[Name] ? Name : never }[keyof Values &
  string];

interface Options<Values> {
  start: Values | (() => Values);
  /** Where what is typed is kept. */
  draft?: DraftPlace<Values>;
  check(values: Values): Faults<Values>;
  /** Sends what was typed; resolves to why not. What was sent is kept no more. */
  send(values: Values): Promise<Failure | null>;
  /** After what was done the form empties itself for the next one. */
  again?: boolean;
}

/**
 * A form: what stands in it, what is wrong with it, and whether it is being sent. Wrong fields say so when it is sent
 * and until they are right; the first of them takes the focus. A refusal stands beside the field that it is of, else
 * beside the button; what was typed stays.
 */
export function useForm<Values extends object>({ start, draft, check, send, again = false }: Options<Values>) {
  const words = useWords();
  const root = useRef<HTMLFormElement>(null);
  const begin = useRef(start);
  const { value: values, set, forget, restored } = useDraft(start, draft);
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<{ field: keyof Values; fault: Fault; of: unknown } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  /** Counts what asks for the focus: a wrong field, or the first one of a form that begins anew. */
  const [wanted, setWanted] = useState<{ what: "wrong" | "first" } | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    const found = focusable(root.current, wanted.what);
    found?.focus();
    // With its label and what is wrong, which the browser's own scrolling may leave out of sight.
    found?.closest(".field")?.scrollIntoView({ block: "nearest" });
  }, [wanted]);

  const own: Faults<Values> = tried ? check(values) : {};
  const faultOf = (field: keyof Values): Fault | null =>
    own[field] ?? (refused?.field === field && refused.of === values[field] ? refused.fault : null);
  const errorOf = (field: keyof Values, label: string): string | null => {
    const fault = faultOf(field);
    return fault ? fault(words, label) : null;
  };

  /** Also between two presses within one moment, of which the page has not been drawn anew. */
  const sending = useRef(false);
  const submit = async (): Promise<void> => {
    if (sending.current) return;
    setTried(true);
    setFailure(null);
    setRefused(null);
    if (Object.values(check(values)).some(Boolean)) return setWanted({ what: "wrong" });
    setBusy(true);
    sending.current = true;
    const failed = await send(values).finally(() => {
      setBusy(false);
      sending.current = false;
    });
    if (failed === null) {
      setTried(false);
      const first = begin.current;
      forget(again ? (first instanceof Function ? first() : first) : undefined);
      if (again) setWanted({ what: "first" });
      return;
    }
    const place = refusedField(failed, values);
    if (place === null) return setFailure(failed);
    setRefused({ ...place, of: values[place.field] });
    setWanted({ what: "wrong" });
  };
  /** Empties the form; what was kept of it is gone. */
  const reset = useCallback(() => {
    setTried(false);
    setFailure(null);
    const first = begin.current;
    forget(first instanceof Function ? first() : first);
    setWanted({ what: "first" });
  }, [forget]);

  return {
    root,
    values,
    set: (part: Partial<Values>) => set((before) => ({ ...before, ...part })),
    restored,
    reset,
    busy,
    failure,
    submit,
    /** What is wrong with what stands in this field, in words that name it. */
    errorOf,
    /** For a control of text: its label, what stands in it and what is wrong with that. */
    field: <Name extends TextFields<Values>>(name: Name, label: string) => ({
      label,
      name,
      value: values[name],
      error: errorOf(name, label),
      onChange: ({ target }: { target: { value: string } }) => set((before) => ({ ...before, [name]: target.value })),
    }),
  };
}

export type FormInHand = Pick<
  ReturnType<typeof useForm<object>>,
  "root" | "busy" | "failure" | "submit" | "restored" | "reset"
>;

/** `elements` has those controls, too, that stand outside of the form and name it. */
function focusable(form: HTMLFormElement | null, what: "wrong" | "first"): HTMLElement | null {
  if (form === null) return null;
  const controls = [...form.elements].filter((control) => control instanceof HTMLElement);
  const wrong = controls.find((control) => control.matches('[aria-invalid="true"], [data-invalid]'));
  return (what === "wrong" ? wrong : controls.find((control) => control.matches("input, textarea"))) ?? null;
}
