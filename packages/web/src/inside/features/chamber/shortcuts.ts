import { useEffect, useRef, useState } from "react";

const acts = ["microphone", "camera", "share", "hand", "leave"] as const;
export type Act = (typeof acts)[number];

const keyOf: Record<Act, string> = { microphone: "M", camera: "C", share: "S", hand: "H", leave: "L" };

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "repeat" | "isComposing">;

/** What a key does; `null`: nothing, as with any other key held down (capital letters by Caps Lock are the same). */
export function actOf({ key, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing }: Press): Act | null {
  if (ctrlKey || metaKey || altKey || shiftKey || repeat || isComposing) return null;
  const pressed = key.toUpperCase();
  return acts.find((act) => keyOf[act] === pressed) ?? null;
}

export interface ShortcutsView {
  on: boolean;
  toggle(): void;
  /** The keys, while they are on. */
  keys: Partial<Record<Act, string>>;
}

const KEPT = "raadhuis.keys";

/**
 * Single keys that act like the toolbar's buttons; can be turned off (WCAG 2.1.4), and are silent while one types or
 * holds another key.
 */
export function useShortcuts(does: Record<Act, () => void>): ShortcutsView {
  const [on, setOn] = useState(() => kept() !== "off");
  const latest = useRef(does);
  latest.current = does;
  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent) => {
      const act = isElsewhere(event.target) ? null : actOf(event);
      if (act === null) return;
      event.preventDefault();
      latest.current[act]();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [on]);
  return {
    on,
    toggle: () => {
      keep(on ? "off" : "on");
      setOn(!on);
    },
    keys: on ? keyOf : {},
  };
}

/** One types, or answers a question. */
const isElsewhere = (target: EventTarget | null): boolean =>
  document.querySelector("dialog[open]") !== null ||
  (target instanceof Element && target.closest("input, select, textarea, [contenteditable]") !== null);

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(value: string): void {
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    // Not kept: holds for this visit.
  }
}
