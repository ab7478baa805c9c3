import { accept, refuse, rule } from "../command.ts";
import { mustBeGone, mustBeOwnOrConduct, mustKnowSeat } from "../conditions.ts";
import { SeatId } from "../ids.ts";

/**
 * The chair takes the floor from a person, that person gives it back, or the house ends it for whoever is gone and did
 * not come back. The seat is named, so that a click that comes late takes it from nobody else.
 */
export const takeFloor = rule({
  name: "takeFloor",
  fields: { seat: SeatId },
  decide(state, { seat }, context) {
    const allowed = context.actor.kind === "house" ? mustBeGone(state, seat) : mustBeOwnOrConduct(state, seat, context);
    const refusal = allowed ?? mustKnowSeat(state, seat);
    if (refusal) return { refusal };
    if (state.floor.holder !== seat) return refuse("floor.not-held", "This seat does not have the floor.");
    return accept({ type: "floor.taken", structure: { seat }, payload: null });
  },
});
