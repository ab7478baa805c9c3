import { formOf } from "./forms.ts";
import type { ItemId, SeatId } from "./ids.ts";
import type { MeetingState } from "./state.ts";
import type { Slate } from "./words.ts";

/** What the public is to see and hear. `none`: this meeting has no broadcast and never gets one. */
export type Programme =
  | { kind: "none" }
  | { kind: "slate"; slate: Slate; text: string | null }
  | { kind: "live"; epoch: number; focus: SeatId | null; item: ItemId | null };

/** The one place that says what is on air. */
export function programmeOf(state: MeetingState): Programme {
  if (!formOf(state).gallery) return { kind: "none" };
  const slate = slateOf(state);
  if (slate) return { kind: "slate", slate, text: state.slates[slate] };
  return { kind: "live", epoch: state.epoch.number, focus: state.floor.holder, item: state.item };
}

function slateOf(state: MeetingState): Slate | null {
  if (state.phase === "planned") return "before";
  if (state.phase === "ended") return "after";
  if (state.epoch.doors === "closed") return "doorsClosed";
  if (state.phase === "suspended") return "suspended";
  return null;
}
