import { anySeat, type Tales } from "../testing/moment.ts";
import type { floor } from "./chapter.ts";

export const tales: Tales<typeof floor> = {
  lowerHand: () => anySeat.map((seat) => ({ type: "lowerHand", seat })),
  giveFloor: () => anySeat.map((seat) => ({ type: "giveFloor", seat })),
  takeFloor: () => anySeat.map((seat) => ({ type: "takeFloor", seat })),
};
