import { accept, refuse, rule } from "../command.ts";
import { mustBeAllowedIn, mustBeHouse } from "../conditions.ts";
import { SeatId } from "../ids.ts";
import { seatOf } from "../rights.ts";

/** The house sees a person come into the chamber. */
export const arrive = rule({
  name: "arrive",
  fields: { seat: SeatId },
  decide(state, { seat }, context) {
    const refusal = mustBeHouse(context) ?? mustBeAllowedIn(state, seat);
    if (refusal) return { refusal };
    if (seatOf(state, seat)?.present) return refuse("seat.present", "This seat is in the chamber already.");
    return accept({ type: "seat.arrived", structure: { seat }, payload: null });
  },
});
