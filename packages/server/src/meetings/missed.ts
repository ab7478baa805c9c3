import { evolve, type MeetingEvent, type MeetingState, mayEnter, type SeatId } from "@raadhuis/meeting";
import type { Live } from "./meetings.ts";

/**
 * The events after `since`, for a page that has folded up to there; `undefined` when it must begin again from the
 * present state: it has nothing yet, knows more than there is, or some of what it missed happened while its seat was
 * not allowed in. `seat`: undefined for the office, which sees all.
 */
export function missedBy(live: Live, since: number, seat?: SeatId): readonly MeetingEvent[] | undefined {
  if (since === 0 || since > live.state.version) return undefined;
  const missed = live.events.slice(since);
  if (seat === undefined) return missed;
  let state: MeetingState | undefined;
  for (const event of live.events) {
    state = evolve(state, event);
    if (event.version >= since && !mayEnter(state, seat)) return undefined;
  }
  return missed;
}
