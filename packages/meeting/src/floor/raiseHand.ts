import { accept, refuse, rule } from "../command.ts";
import { mustBeAbleToSpeak, mustRun } from "../conditions.ts";

/** A person asks for the floor, for themselves only. */
export const raiseHand = rule({
  name: "raiseHand",
  fields: {},
  decide(state, _command, { actor }) {
    if (actor.kind !== "seat") return refuse("role.not-allowed", "Only a seat has a hand to raise.");
    const refusal = mustRun(state) ?? mustBeAbleToSpeak(state, actor.seat);
    if (refusal) return { refusal };
    if (state.floor.queue.includes(actor.seat)) return refuse("hand.already-raised", "The hand is up already.");
    if (state.floor.holder === actor.seat) return refuse("floor.already-held", "This seat has the floor.");
    return accept({ type: "hand.raised", structure: { seat: actor.seat }, payload: null });
  },
});
