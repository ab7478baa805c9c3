import { accept, refuse, rule } from "../command.ts";
import { mustConduct, mustHaveAgenda, mustHaveDoorsOpen } from "../conditions.ts";
import { ItemId } from "../ids.ts";
import { Title } from "../words.ts";

/** An item comes to the end of the agenda; before the meeting or during it, but not behind closed doors. */
export const addItem = rule({
  name: "addItem",
  fields: { item: ItemId, title: Title },
  decide(state, { item, title }, context) {
    const refusal = mustConduct(state, context) ?? mustHaveAgenda(state) ?? mustHaveDoorsOpen(state);
    if (refusal) return { refusal };
    if (state.agenda.some(({ id }) => id === item)) return refuse("item.exists", "This item is on the agenda already.");
    return accept({ type: "item.added", structure: { item }, payload: { title } });
  },
});
