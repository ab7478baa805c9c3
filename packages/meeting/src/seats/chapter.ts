import { chapter } from "../chapter.ts";
import type { SeatId } from "../ids.ts";
import { mayEnter } from "../rights.ts";
import type { MeetingState } from "../state.ts";
import { arrive } from "./arrive.ts";
import { assignSeat } from "./assignSeat.ts";
import { leave } from "./leave.ts";
import { readmitSeat } from "./readmitSeat.ts";
import { removeSeat } from "./removeSeat.ts";
import type { Seat } from "./shapes.ts";
import { upcasts } from "./upcasts.ts";

/** Who has a place in the meeting, and who is there. */
export const seats = chapter({
  name: "seats",
  commands: [assignSeat, removeSeat, readmitSeat, arrive, leave],
  begin: () => ({ seats: [] }),
  evolve: {
    "seat.assigned": ({ seats }, { structure: { seat, role }, payload }) => ({
      seats: [
        ...seats,
        {
          id: seat,
          role,
          name: payload?.name ?? null,
          party: payload?.party ?? null,
          removed: false,
          present: false,
          wasIn: false,
        },
      ],
    }),
    "seat.removed": (state, { structure }) => withSeats(state, [structure.seat], { removed: true, present: false }),
    "seat.readmitted": (state, { structure }) => withSeats(state, [structure.seat], { removed: false }),
    "seat.arrived": (state, { structure }) => withSeats(state, structure.seats, { present: true, wasIn: true }),
    "seat.left": (state, { structure }) => withSeats(state, structure.seats, { present: false }),
    "doors.closed": onlyThoseAllowedIn,
    "meeting.ended": onlyThoseAllowedIn,
  },
  upcasts,
});

const withSeats = ({ seats }: MeetingState, ids: readonly SeatId[], change: Partial<Seat>): { seats: Seat[] } => ({
  seats: seats.map((seat) => (ids.includes(seat.id) ? { ...seat, ...change } : seat)),
});

/** Whoever may no longer be in the chamber is not there. */
function onlyThoseAllowedIn(state: MeetingState): { seats: Seat[] } {
  return {
    seats: state.seats.map((seat) => (seat.present && !mayEnter(state, seat.id) ? { ...seat, present: false } : seat)),
  };
}
