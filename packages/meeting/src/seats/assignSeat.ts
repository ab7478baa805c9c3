import { accept, refuse, rule } from "../command.ts";
import { mustConduct } from "../conditions.ts";
import { SeatId } from "../ids.ts";
import { seatOf } from "../rights.ts";
import { nameIsTaken } from "../roster.ts";
import { PartyName, PersonName, Role } from "../words.ts";

/** A person gets a place in this meeting, under a name that nobody else here has. */
export const assignSeat = rule({
  name: "assignSeat",
  fields: { seat: SeatId, role: Role, name: PersonName, party: PartyName.nullable() },
  decide(state, { seat, role, name, party }, context) {
    const refusal = mustConduct(state, context);
    if (refusal) return { refusal };
    if (seatOf(state, seat)) return refuse("seat.exists", "This seat is assigned already.");
    if (nameIsTaken(state.seats, name)) return refuse("seat.name-taken", "Another seat has this name.");
    return accept({ type: "seat.assigned", structure: { seat, role }, payload: { name, party } });
  },
});
