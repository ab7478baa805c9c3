import { z } from "zod";
import { accept, refuse, rule } from "../command.ts";
import { SeatId } from "../ids.ts";
import { seatOf } from "../rights.ts";
import { mustConduct, mustRun } from "./conditions.ts";

/** The chair closes the doors: a new epoch, off the air, for members and those admitted by name. */
export const closeDoors = rule({
  name: "closeDoors",
  schema: z.strictObject({ admitted: z.array(SeatId).max(200).default([]) }),
  decide(state, { admitted }, context) {
    const refusal = mustConduct(state, context) ?? mustRun(state);
    if (refusal) return { refusal };
    if (state.kind !== "public") return refuse("meeting.kind", "Only a public meeting has doors to close.");
    if (state.epoch.doors === "closed") return refuse("doors.already-closed", "The doors are closed already.");
    if (admitted.some((id) => !seatOf(state, id))) return refuse("seat.unknown", "Admitted a seat that is not there.");
    return accept({
      type: "doors.closed",
      structure: { epoch: state.epoch.number + 1, admitted: [...new Set(admitted)] },
      payload: null,
    });
  },
});
