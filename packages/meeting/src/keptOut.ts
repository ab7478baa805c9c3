import type { MeetingEvent } from "./event.ts";
import type { SeatId } from "./ids.ts";
import { mayEnter } from "./rights.ts";
import type { MeetingState } from "./state.ts";

/**
 * Up to which event each seat was kept out last; seats that never were are not in it. `Infinity`: it is kept out now.
 * What happened up to there is not for a page of that seat, also when it comes back: it begins anew from the state.
 */
export type KeptOut = ReadonlyMap<SeatId, number>;

export const nobodyKeptOut: KeptOut = new Map();

/** The same after one more event. `state`: after that event. Costs nothing but where doors, a seat or the end are concerned. */
export function keptOutAfter(before: KeptOut, event: MeetingEvent, state: MeetingState): KeptOut {
  const concerned = seatsConcerned(event, state);
  if (concerned.length === 0) return before;
  const after = new Map(before);
  for (const seat of concerned) {
    if (!mayEnter(state, seat)) after.set(seat, Number.POSITIVE_INFINITY);
    else if (after.get(seat) === Number.POSITIVE_INFINITY) after.set(seat, event.version - 1);
  }
  return after;
}

/** Has this seat been let in all along since this event, and is still? */
export const sawAllSince = (keptOut: KeptOut, seat: SeatId, version: number): boolean =>
  version > (keptOut.get(seat) ?? 0);

/** Whose right to be in the chamber an event may change. A seat that is assigned was never in. */
function seatsConcerned(event: MeetingEvent, state: MeetingState): readonly SeatId[] {
  switch (event.type) {
    case "seat.removed":
    case "seat.readmitted":
    case "seat.assigned":
      return [event.structure.seat];
    case "doors.closed":
    case "doors.opened":
    case "meeting.ended":
      return state.seats.map(({ id }) => id);
    default:
      return [];
  }
}
