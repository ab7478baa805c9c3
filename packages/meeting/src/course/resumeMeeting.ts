import { accept, refuse, rule } from "../command.ts";
import { mustConduct } from "../conditions.ts";
import { epochOnAir } from "./epochOnAir.ts";

/** The chair resumes a suspended meeting; with open doors, a public one goes on air again. */
export const resumeMeeting = rule({
  name: "resumeMeeting",
  fields: {},
  decide(state, _command, context) {
    const refusal = mustConduct(state, context);
    if (refusal) return { refusal };
    if (state.phase !== "suspended") return refuse("meeting.not-suspended", "The meeting is not suspended.");
    return accept({ type: "meeting.resumed", structure: { epoch: epochOnAir(state) }, payload: null });
  },
});
