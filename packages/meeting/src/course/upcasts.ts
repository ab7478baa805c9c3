import type { Upcasts } from "../record/upcast.ts";

export const upcasts: Upcasts = {
  "raadhuis-record/1": {
    "meeting.planned": (event) => {
      const kind = event.structure.kind === "closed" ? "private" : event.structure.kind;
      const structure = { ...event.structure, kind, bodyId: null, organId: null };
      return { ...event, structure, payload: event.payload && { ...event.payload, organ: null } };
    },
    "meeting.closed": (event) => ({ ...event, type: "meeting.ended" }),
  },
};
