import { accept, refuse, rule } from "../command.ts";
import { mustBePublic, mustConduct, mustRun } from "../conditions.ts";

/** The chair opens the doors: a new epoch for everybody, on air unless the meeting is suspended. */
export const openDoors = rule({
  name: "openDoors",
  fields: {},
  decide(state, _command, context) {
    const refusal = mustConduct(state, context) ?? mustBePublic(state) ?? mustRun(state);
    if (refusal) return { refusal };
    if (state.epoch.doors === "open") return refuse("doors.already-open", "The doors are open already.");
    return accept({ type: "doors.opened", structure: { epoch: state.epoch.number + 1 }, payload: null });
  },
});
