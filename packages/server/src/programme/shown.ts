import { evolve, type MeetingEvent, type MeetingState } from "@raadhuis/meeting";
import { isConducted } from "./wanted.ts";

/** What the broadcast is told of a meeting, and by which event it last changed. */
export interface Shown {
  state: MeetingState;
  version: number;
  /** Time of that event, ms. */
  at: number;
  /** When somebody who conducts was last seen to be in, ms; `null`: never. */
  conductedUntil: number | null;
}

/**
 * Follows a public meeting as far as the public may. Behind closed doors it stands still where the doors closed: who
 * comes, which item is started, who has the floor reaches no broadcast, not even to be ignored there. Only the words
 * of a slate, and the end, come through.
 */
export function shownAfter(shown: Shown | undefined, state: MeetingState, event: MeetingEvent): Shown {
  const conducted = isConducted(state) || (shown !== undefined && isConducted(shown.state));
  const conductedUntil = conducted ? event.at : (shown?.conductedUntil ?? null);
  const mark = { version: event.version, at: event.at, conductedUntil };
  if (!shown || state.epoch.doors === "open" || event.type === "doors.closed") return { state, ...mark };
  if (event.type !== "slate.written" && event.type !== "meeting.ended") return shown;
  const { phase, endedAt, slates } = state;
  return { state: { ...shown.state, phase, endedAt, slates }, ...mark };
}

/** All of a meeting's events at once; `undefined` of none. */
export function shownOf(events: readonly MeetingEvent[]): Shown | undefined {
  let state: MeetingState | undefined;
  let shown: Shown | undefined;
  for (const event of events) {
    state = evolve(state, event);
    shown = shownAfter(shown, state, event);
  }
  return shown;
}
