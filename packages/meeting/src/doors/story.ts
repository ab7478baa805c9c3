import { anySeat, seats, stranger, type Tales } from "../testing/moment.ts";
import type { doors } from "./chapter.ts";

export const tales: Tales<typeof doors> = {
  closeDoors: ({ oneOf }) => [
    { type: "closeDoors" },
    { type: "closeDoors", admitted: [oneOf(seats)] },
    { type: "closeDoors", admitted: [oneOf(anySeat), stranger] },
  ],
};
