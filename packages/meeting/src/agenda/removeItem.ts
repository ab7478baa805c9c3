import { accept, refuse, rule } from "../command.ts";
import { mustConduct, mustHaveDoorsOpen, mustKnowItem } from "../conditions.ts";
import { ItemId } from "../ids.ts";

/** An item leaves the agenda, unless it is under discussion. */
export const removeItem = rule({
  name: "removeItem",
  fields: { item: ItemId },
  decide(state, { item }, context) {
    const refusal = mustConduct(state, context) ?? mustHaveDoorsOpen(state) ?? mustKnowItem(state, item);
    if (refusal) return { refusal };
    if (state.item === item) return refuse("item.current", "This item is under discussion.");
    return accept({ type: "item.removed", structure: { item }, payload: null });
  },
});
