import { accept, rule } from "../command.ts";
import { mustConduct, mustRun } from "../conditions.ts";

/** The chair ends the meeting, for good: all rights in it end. */
export const endMeeting = rule({
  name: "endMeeting",
  fields: {},
  decide(state, _command, context) {
    const refusal = mustConduct(state, context) ?? mustRun(state);
    if (refusal) return { refusal };
    return accept({ type: "meeting.ended", structure: {}, payload: null });
  },
});
