import { useEffect, useRef, useState } from "react";

export type Act = "microphone" | "camera" | "share" | "hand" | "leave";

const keyOf: Record<Act, string> = { microphone: "M", camera: "C", share: "S", hand: "H", leave: "L" };

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
export function useShortcuts(acts: Record<Act, () => void>): ShortcutsView {
  const [on, setOn] = useState(() => kept() !== "off");
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      for (const act of Object.keys(keyOf) as Act[])
        if (event.key.toUpperCase() === keyOf[act]) {
          event.preventDefault();
          latest.current[act]();
        }
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

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("input, select, textarea, dialog, [contenteditable]") !== null;

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
