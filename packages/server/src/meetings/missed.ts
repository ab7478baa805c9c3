import { type MeetingEvent, type SeatId, sawAllSince } from "@raadhuis/meeting";
import type { Live } from "./meetings.ts";

/**
 * The events after `since`, for a page that has folded up to there; `undefined` when it must begin again from the
 * present state: it has nothing yet, knows more than there is, or some of what it missed happened while its seat was
 * not allowed in. `seat`: undefined for the office, which sees all.
 */
export function missedBy(live: Live, since: number, seat?: SeatId): readonly MeetingEvent[] | undefined {
  if (since < 1 || since > live.state.version) return undefined;
  if (seat !== undefined && !sawAllSince(live.keptOut, seat, since)) return undefined;
  return live.events.slice(since);
}
