import { accept, refuse, rule } from "../command.ts";
import { mustConduct, mustKnowSeat } from "../conditions.ts";
import { SeatId } from "../ids.ts";
import { seatOf } from "../rights.ts";

/** A removed person is admitted anew. */
export const readmitSeat = rule({
  name: "readmitSeat",
  fields: { seat: SeatId },
  decide(state, { seat }, context) {
    const refusal = mustConduct(state, context) ?? mustKnowSeat(state, seat);
    if (refusal) return { refusal };
    if (!seatOf(state, seat)?.removed) return refuse("seat.not-removed", "This seat was not removed.");
    return accept({ type: "seat.readmitted", structure: { seat }, payload: null });
  },
});
