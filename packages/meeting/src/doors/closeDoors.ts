import { z } from "zod";
import { accept, refuse, rule } from "../command.ts";
import { mustBePublic, mustConduct, mustRun } from "../conditions.ts";
import { SeatId } from "../ids.ts";
import { seatOf } from "../rights.ts";

/** The chair closes the doors: a new epoch, off the air, for members and those admitted by name. */
export const closeDoors = rule({
  name: "closeDoors",
  fields: { admitted: z.array(SeatId).max(200).default([]) },
  decide(state, { admitted }, context) {
    const refusal = mustConduct(state, context) ?? mustBePublic(state) ?? mustRun(state);
    if (refusal) return { refusal };
    if (state.epoch.doors === "closed") return refuse("doors.already-closed", "The doors are closed already.");
    const seats = admitted.map((id) => seatOf(state, id));
    if (seats.includes(undefined)) return refuse("seat.unknown", "Admitted a seat that is not there.");
    if (seats.some((seat) => seat?.removed)) return refuse("seat.removed", "Admitted a seat that was removed.");
    return accept({
      type: "doors.closed",
      structure: { epoch: state.epoch.number + 1, admitted: [...new Set(admitted)] },
      payload: null,
    });
  },
});
