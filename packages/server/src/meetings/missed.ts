import { type MeetingEvent, type SeatId, sawAllSince } from "@raadhuis/meeting";
import type { Live } from "./meetings.ts";

/** Up to where a page has folded. */
interface Folded {
  /** The number in the record of the event before its first. */
  base: number;
  /** By its own count. */
  since: number;
}

/**
 * The events that a page missed which has folded up to there; `undefined` when it must begin again from the present
 * state: it has nothing yet, knows more than there is, or its seat was not let in at some time since its count began. That
 * count would tell, by asking from one number after the other, how much happened meanwhile. `seat`: undefined for the
 * office, which sees all.
 */
export function missedBy(live: Live, { base, since }: Folded, seat?: SeatId): readonly MeetingEvent[] | undefined {
  if (since < 1 || base + since > live.state.version) return undefined;
  if (seat !== undefined && !sawAllSince(live.keptOut, seat, base + 1)) return undefined;
  return live.events.slice(base + since);
}
