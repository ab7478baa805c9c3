import { accept, rule } from "../command.ts";
import { mustBePublic, mustConduct } from "../conditions.ts";
import { Slate, SlateText } from "../words.ts";

/** The body's own words on a slate, as "We resume at 21:15"; `null` brings the house's words back. */
export const writeSlate = rule({
  name: "writeSlate",
  fields: { slate: Slate, text: SlateText.nullable() },
  decide(state, { slate, text }, context) {
    const refusal = mustConduct(state, context) ?? mustBePublic(state);
    if (refusal) return { refusal };
    return accept({ type: "slate.written", structure: { slate }, payload: { text } });
  },
});
