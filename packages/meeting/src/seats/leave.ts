import { z } from "zod";
import { accept, refuse, rule } from "../command.ts";
import { mustBeHouse, mustKnowSeat } from "../conditions.ts";
import { SeatId } from "../ids.ts";
import { seatOf } from "../rights.ts";

/**
 * The house sees people go, all of one moment at once. Whoever says so (`said`: they pressed Leave) has neither hand nor
 * floor from then on. Whoever just drops out keeps both: they may be back within a minute. The house takes the floor when
 * they are not: see takeFloor.
 */
export const leave = rule({
  name: "leave",
  fields: { seats: z.array(SeatId).min(1).max(1000), said: z.boolean().default(false) },
  decide(state, { seats, said }, context) {
    const refusal = mustBeHouse(context) ?? seats.map((seat) => mustKnowSeat(state, seat)).find((wrong) => wrong);
    if (refusal) return { refusal };
    const going = [...new Set(seats)].filter((seat) => seatOf(state, seat)?.present);
    if (going.length === 0) return refuse("seat.absent", "These seats are not in the chamber.");
    return accept({ type: "seat.left", structure: { seats: going, said }, payload: null });
  },
});
