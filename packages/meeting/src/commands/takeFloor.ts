import { accept, refuse, rule } from "../command.ts";
import { SeatId } from "../ids.ts";
import { mustBeOwnOrConduct, mustKnowSeat } from "./conditions.ts";

/**
 * The chair takes the floor from a person, or that person gives it back. The seat is named, so that a click that
 * comes late takes it from nobody else.
 */
export const takeFloor = rule({
  name: "takeFloor",
  fields: { seat: SeatId },
  decide(state, { seat }, context) {
    const refusal = mustBeOwnOrConduct(state, seat, context) ?? mustKnowSeat(state, seat);
    if (refusal) return { refusal };
    if (state.floor.holder !== seat) return refuse("floor.not-held", "This seat does not have the floor.");
    return accept({ type: "floor.taken", structure: { seat }, payload: null });
  },
});
