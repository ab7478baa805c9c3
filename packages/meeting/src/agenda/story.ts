import { anyItem, items, type Tales } from "../testing/moment.ts";
import type { agenda } from "./chapter.ts";

export const tales: Tales<typeof agenda> = {
  addItem: ({ word }) => items.map((item) => ({ type: "addItem", item, title: word })),
  removeItem: () => anyItem.map((item) => ({ type: "removeItem", item })),
  startItem: () => anyItem.map((item) => ({ type: "startItem", item })),
};
