import { accept, refuse, rule } from "../command.ts";
import { mustBeOpen, mustConduct, mustKnowItem } from "../conditions.ts";
import { ItemId } from "../ids.ts";

/**
 * The chair moves to an item, in any order. Not while suspended: nothing is under discussion then, and the item that
 * the public sees would change under a slate; the chair resumes first. Behind closed doors: yes, of what stands on
 * the agenda.
 */
export const startItem = rule({
  name: "startItem",
  fields: { item: ItemId },
  decide(state, { item }, context) {
    const refusal = mustConduct(state, context) ?? mustBeOpen(state) ?? mustKnowItem(state, item);
    if (refusal) return { refusal };
    if (state.item === item) return refuse("item.current", "This item is under discussion already.");
    return accept({ type: "item.started", structure: { item }, payload: null });
  },
});
