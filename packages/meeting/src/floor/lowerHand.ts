import { accept, refuse, rule } from "../command.ts";
import { mustBeOwnOrConduct, mustKnowSeat } from "../conditions.ts";
import { SeatId } from "../ids.ts";

/** A person lowers their own hand; whoever conducts lowers anyone's. */
export const lowerHand = rule({
  name: "lowerHand",
  fields: { seat: SeatId },
  decide(state, { seat }, context) {
    const refusal = mustBeOwnOrConduct(state, seat, context) ?? mustKnowSeat(state, seat);
    if (refusal) return { refusal };
    if (!state.floor.queue.includes(seat)) return refuse("hand.not-raised", "The hand is not up.");
    return accept({ type: "hand.lowered", structure: { seat }, payload: null });
  },
});
