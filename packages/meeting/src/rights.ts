import type { SeatId } from "./ids.ts";
import type { Seat } from "./seats/shapes.ts";
import type { MeetingState } from "./state.ts";
import type { Role } from "./words.ts";

/** LiveKit's track sources. */
export type Source = "camera" | "microphone" | "screen_share" | "screen_share_audio";

export interface MediaRights {
  /** What the seat may publish into the present epoch's room; empty: listen only. */
  publish: Source[];
  subscribe: boolean;
}

const everything: Source[] = ["camera", "microphone", "screen_share", "screen_share_audio"];

/** Roles that conduct the meeting: open, suspend, doors, agenda, floor, removal. */
const conducting: readonly Role[] = ["chair", "deputy", "clerk"];
/** Roles that belong to the body and stay when the doors close; others stay only when admitted by name. */
const belonging: readonly Role[] = ["chair", "deputy", "clerk", "member"];

export const seatOf = (state: MeetingState, id: SeatId): Seat | undefined => state.seats.find((seat) => seat.id === id);

export const conducts = (role: Role): boolean => conducting.includes(role);

/** May ask for the floor and be given it. */
export const speaks = (role: Role): boolean => role !== "observer";

/** May this seat be in the chamber at this moment? */
export function mayEnter(state: MeetingState, id: SeatId): boolean {
  const seat = seatOf(state, id);
  if (!seat || seat.removed || state.phase === "ended") return false;
  if (state.kind !== "public" || state.epoch.doors === "open") return true;
  return belonging.includes(seat.role) || state.epoch.admitted.includes(id);
}

/** What the media server is told about this seat; `null`: nothing at all, not even to listen. */
export function mediaRightsOf(state: MeetingState, id: SeatId): MediaRights | null {
  const seat = seatOf(state, id);
  if (!seat || !mayEnter(state, id)) return null;
  return { publish: publishes(state, seat) ? everything : [], subscribe: true };
}

/** A citizen speaks while given the floor; an observer never does. */
function publishes(state: MeetingState, seat: Seat): boolean {
  if (!speaks(seat.role)) return false;
  if (seat.role === "citizen") return state.floor.holder === seat.id;
  return true;
}
