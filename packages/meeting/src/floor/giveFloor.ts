import { accept, refuse, rule } from "../command.ts";
import { mustBeAbleToSpeak, mustBeOpen, mustConduct } from "../conditions.ts";
import { SeatId } from "../ids.ts";

/** The chair gives one person the floor, asked for or not; whoever had it has it no more. */
export const giveFloor = rule({
  name: "giveFloor",
  fields: { seat: SeatId },
  decide(state, { seat }, context) {
    const refusal = mustConduct(state, context) ?? mustBeOpen(state) ?? mustBeAbleToSpeak(state, seat);
    if (refusal) return { refusal };
    if (state.floor.holder === seat) return refuse("floor.already-held", "This seat has the floor already.");
    return accept({ type: "floor.given", structure: { seat }, payload: null });
  },
});
