import { z } from "zod";
import { accept, refuse, rule } from "../command.ts";
import { mustBeHouse, mustKnowSeat } from "../conditions.ts";
import type { NewEvent } from "../event.ts";
import { SeatId } from "../ids.ts";
import { seatOf } from "../rights.ts";

/**
 * The house sees a person go. Whoever says so (`said`: they pressed Leave) lowers their hand and gives back the floor at
 * once. Whoever just drops out keeps both: they may be back within a minute. The house takes the floor when they are not:
 * see takeFloor.
 */
export const leave = rule({
  name: "leave",
  fields: { seat: SeatId, said: z.boolean().default(false) },
  decide(state, { seat, said }, context) {
    const refusal = mustBeHouse(context) ?? mustKnowSeat(state, seat);
    if (refusal) return { refusal };
    if (!seatOf(state, seat)?.present) return refuse("seat.absent", "This seat is not in the chamber.");
    const events: NewEvent[] = [{ type: "seat.left", structure: { seat }, payload: null }];
    if (said && state.floor.queue.includes(seat))
      events.push({ type: "hand.lowered", structure: { seat }, payload: null });
    if (said && state.floor.holder === seat) events.push({ type: "floor.taken", structure: { seat }, payload: null });
    return accept(...events);
  },
});
