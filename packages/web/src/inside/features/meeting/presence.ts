import { type MeetingState, mayEnter, type Seat } from "@raadhuis/meeting";

export type Presence = "floor" | "in" | "left" | "outside" | "absent" | "removed";

/** What the list of people says of somebody; pages have words for each. */
export function presenceOf(state: MeetingState, seat: Seat): Presence {
  if (seat.removed) return "removed";
  if (state.floor.holder === seat.id) return "floor";
  if (seat.present) return "in";
  if (state.phase !== "planned" && !mayEnter(state, seat.id)) return "outside";
  return seat.wasIn ? "left" : "absent";
}
