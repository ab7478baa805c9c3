import type { SeatId } from "./ids.ts";
import { mayEnter, seatOf } from "./rights.ts";
import type { Seat } from "./seats/shapes.ts";
import type { MeetingState } from "./state.ts";

/** Who looks at a meeting: a seat, or whoever is signed in at the office. */
export type Viewer = { kind: "seat"; seat: SeatId } | { kind: "office" };

/** What whoever waits outside may know: where they wait, and as whom. */
export interface Outside {
  title: string | null;
  body: string | null;
  startsAt: number;
  seat: Pick<Seat, "id" | "name" | "role">;
}

export type View = { inside: MeetingState } | { outside: Outside } | null;

/** What of the record is for this viewer; `null`: nothing at all. Streams say for themselves who may read them. */
export function viewOf(state: MeetingState, viewer: Viewer): View {
  if (viewer.kind === "office" || mayEnter(state, viewer.seat)) return { inside: state };
  const seat = seatOf(state, viewer.seat);
  if (!seat || seat.removed) return null;
  const { title, body, startsAt } = state;
  const { id, name, role } = seat;
  return { outside: { title, body, startsAt, seat: { id, name, role } } };
}
