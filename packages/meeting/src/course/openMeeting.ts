import { accept, refuse, rule } from "../command.ts";
import { mustConduct } from "../conditions.ts";
import { epochOnAir } from "./epochOnAir.ts";

/** The chair opens the meeting; a public one goes on air. */
export const openMeeting = rule({
  name: "openMeeting",
  fields: {},
  decide(state, _command, context) {
    const refusal = mustConduct(state, context);
    if (refusal) return { refusal };
    if (state.phase !== "planned") return refuse("meeting.not-planned", "The meeting was opened already.");
    return accept({ type: "meeting.opened", structure: { epoch: epochOnAir(state) }, payload: null });
  },
});
