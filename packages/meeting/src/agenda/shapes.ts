import { z } from "zod";
import { ItemId } from "../ids.ts";
import { erasable, worded, wordless } from "../shape.ts";
import { Title } from "../words.ts";

export const AgendaItem = z.object({ id: ItemId, title: erasable });
export type AgendaItem = z.infer<typeof AgendaItem>;

export const state = {
  agenda: z.array(AgendaItem),
  /** The item under discussion. */
  item: ItemId.nullable(),
};

const item = ItemId;

export const events = {
  "item.added": worded({ item }, { title: Title }),
  "item.removed": wordless({ item }),
  "item.started": wordless({ item }),
};

export const refusals = ["item.unknown", "item.exists", "item.current", "item.doors-closed"] as const;
