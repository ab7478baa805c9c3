import { conducts, type MeetingState, type Seat } from "@raadhuis/meeting";
import { useEffect } from "react";
import type { SessionView } from "../media/session.ts";
import { keepAwake } from "./wakeLock.ts";

/** Would the meeting miss this page at once? Whoever is heard, seen, or conducts is asked before the tab closes. */
export function isMissed(
  phase: MeetingState["phase"],
  role: Seat["role"],
  { sending, sharing }: Pick<SessionView, "sending" | "sharing">,
): boolean {
  const conductsNow = conducts(role) && (phase === "open" || phase === "suspended");
  return conductsNow || sending.microphone || sending.camera || sharing !== null;
}

/** Lets the browser ask, in its own words, before the tab is closed or goes elsewhere. */
export function useAskBeforeClosing(missed: boolean): void {
  useEffect(() => {
    if (!missed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [missed]);
}

/** The screen does not go to sleep in the chamber. */
export function useAwake(): void {
  useEffect(() => keepAwake({ document, wakeLock: navigator.wakeLock }), []);
}
