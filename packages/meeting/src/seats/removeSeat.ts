import { accept, refuse, rule } from "../command.ts";
import { mustConduct, mustKnowSeat } from "../conditions.ts";
import { SeatId } from "../ids.ts";
import { seatOf } from "../rights.ts";
import { conducts } from "../roles.ts";

/**
 * A person is put out, and stays out until admitted anew: floor, hand and presence go with the seat. Those in the
 * chamber cannot remove the last one who conducts, or nobody there could go on; the office can, for when that one is
 * not who they seem.
 */
export const removeSeat = rule({
  name: "removeSeat",
  fields: { seat: SeatId },
  decide(state, { seat }, context) {
    const refusal = mustConduct(state, context) ?? mustKnowSeat(state, seat);
    if (refusal) return { refusal };
    if (seatOf(state, seat)?.removed) return refuse("seat.removed", "This seat was removed already.");
    const remaining = state.seats.filter(({ id, role, removed }) => id !== seat && !removed && conducts(role));
    if (remaining.length === 0 && context.actor.kind !== "account")
      return refuse("seat.last-chair", "Nobody would be left to conduct the meeting.");
    return accept({ type: "seat.removed", structure: { seat }, payload: null });
  },
});
