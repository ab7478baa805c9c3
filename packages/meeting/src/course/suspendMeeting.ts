import { accept, rule } from "../command.ts";
import { mustBeOpen, mustConduct } from "../conditions.ts";

/** The chair suspends the meeting: off the air, nobody has the floor; raised hands stay. */
export const suspendMeeting = rule({
  name: "suspendMeeting",
  fields: {},
  decide(state, _command, context) {
    const refusal = mustConduct(state, context) ?? mustBeOpen(state);
    if (refusal) return { refusal };
    return accept({ type: "meeting.suspended", structure: {}, payload: null });
  },
});
