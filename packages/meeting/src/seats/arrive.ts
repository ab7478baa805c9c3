import { z } from "zod";
import { accept, refuse, rule } from "../command.ts";
import { mustBeAllowedIn, mustBeHouse, mustKnowSeat } from "../conditions.ts";
import { SeatId } from "../ids.ts";
import { seatOf } from "../rights.ts";

/** The house sees people come into the chamber, all of one moment at once. Whoever may not by now is left out. */
export const arrive = rule({
  name: "arrive",
  fields: { seats: z.array(SeatId).min(1).max(1000) },
  decide(state, { seats }, context) {
    const refusal = mustBeHouse(context) ?? seats.map((seat) => mustKnowSeat(state, seat)).find((wrong) => wrong);
    if (refusal) return { refusal };
    const coming = [...new Set(seats)].filter((seat) => !mustBeAllowedIn(state, seat) && !seatOf(state, seat)?.present);
    if (coming.length > 0) return accept({ type: "seat.arrived", structure: { seats: coming }, payload: null });
    const kept = seats.map((seat) => mustBeAllowedIn(state, seat)).find((wrong) => wrong);
    return kept ? { refusal: kept } : refuse("seat.present", "These seats are in the chamber already.");
  },
});
