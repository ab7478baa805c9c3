import type { Happened, Upcasts } from "../record/upcast.ts";

/** Several come and go in one event since then. */
const ofOne = ({ structure: { seat, ...rest }, ...event }: Happened): Happened => ({
  ...event,
  structure: { ...rest, seats: [seat] },
});

export const upcasts: Upcasts = {
  "raadhuis-record/1": {
    "seat.assigned": (event) => {
      const { role } = event.structure;
      return { ...event, structure: { ...event.structure, role: role === "speaker" ? "citizen" : role } };
    },
    "seat.arrived": ofOne,
    // Whoever said so lowered their hand and gave back the floor by events of their own.
    "seat.left": (event) => {
      const left = ofOne(event);
      return { ...left, structure: { ...left.structure, said: false } };
    },
  },
};
