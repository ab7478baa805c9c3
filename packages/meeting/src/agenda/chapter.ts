import { chapter } from "../chapter.ts";
import { addItem } from "./addItem.ts";
import { removeItem } from "./removeItem.ts";
import { startItem } from "./startItem.ts";

/** What is to be discussed, and what is under discussion. */
export const agenda = chapter({
  name: "agenda",
  commands: [addItem, removeItem, startItem],
  begin: () => ({ agenda: [], item: null }),
  evolve: {
    "item.added": ({ agenda }, { structure, payload }) => ({
      agenda: [...agenda, { id: structure.item, title: payload?.title ?? null }],
    }),
    "item.removed": ({ agenda }, { structure }) => ({ agenda: agenda.filter(({ id }) => id !== structure.item) }),
    "item.started": (_state, { structure }) => ({ item: structure.item }),
  },
});
