import { accept, refuse, rule } from "../command.ts";
import { SeatId } from "../ids.ts";
import { seatOf } from "../rights.ts";
import { mustBeHouse, mustKnowSeat } from "./conditions.ts";

/** The house sees a person go. Hand and floor stay theirs: who drops out for a minute keeps their turn. */
export const leave = rule({
  name: "leave",
  fields: { seat: SeatId },
  decide(state, { seat }, context) {
    const refusal = mustBeHouse(context) ?? mustKnowSeat(state, seat);
    if (refusal) return { refusal };
    if (!seatOf(state, seat)?.present) return refuse("seat.absent", "This seat is not in the chamber.");
    return accept({ type: "seat.left", structure: { seat }, payload: null });
  },
});
