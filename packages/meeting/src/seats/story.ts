import { Role } from "../index.ts";
import { anySeat, seats as places, type Tales } from "../testing/moment.ts";
import type { seats } from "./chapter.ts";

export const tales: Tales<typeof seats> = {
  assignSeat: ({ choice, word, oneOf }) =>
    places.flatMap((seat, index) =>
      [word, "Vos", "VOS"].map((name) => ({
        type: "assignSeat" as const,
        seat,
        role: index === 0 ? "chair" : oneOf(Role.options, index),
        name,
        party: choice % 3 === 0 ? null : word,
      })),
    ),
  removeSeat: () => anySeat.map((seat) => ({ type: "removeSeat", seat })),
  readmitSeat: () => anySeat.map((seat) => ({ type: "readmitSeat", seat })),
  arrive: ({ oneOf }) => [
    ...anySeat.map((seat) => ({ type: "arrive" as const, seats: [seat] })),
    { type: "arrive", seats: [oneOf(anySeat), oneOf(places, 1)] },
  ],
  leave: ({ choice, oneOf }) =>
    anySeat.flatMap((seat) =>
      [false, true].map((said) => ({
        type: "leave" as const,
        seats: [seat, ...(choice % 2 ? [oneOf(places)] : [])],
        said,
      })),
    ),
};
