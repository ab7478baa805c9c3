import { formOf } from "./forms.ts";
import type { SeatId } from "./ids.ts";
import { rightsOf } from "./roles.ts";
import type { Seat } from "./seats/shapes.ts";
import type { MeetingState } from "./state.ts";

/** LiveKit's track sources. */
export type Source = "camera" | "microphone" | "screen_share" | "screen_share_audio";

export interface MediaRights {
  /** What the seat may publish into the present epoch's room; empty: listen only. */
  publish: Source[];
  subscribe: boolean;
}

const everything: Source[] = ["camera", "microphone", "screen_share", "screen_share_audio"];

export const seatOf = (state: MeetingState, id: SeatId): Seat | undefined => state.seats.find((seat) => seat.id === id);

/** May this seat be in the chamber at this moment? */
export function mayEnter(state: MeetingState, id: SeatId): boolean {
  const seat = seatOf(state, id);
  if (!seat || seat.removed || state.phase === "ended") return false;
  if (!formOf(state).doors || state.epoch.doors === "open") return true;
  return rightsOf(seat.role).stay || state.epoch.admitted.includes(id);
}

/** What the media server is told about this seat; `null`: nothing at all, not even to listen. */
export function mediaRightsOf(state: MeetingState, id: SeatId): MediaRights | null {
  const seat = seatOf(state, id);
  if (!seat || !mayEnter(state, id)) return null;
  return { publish: publishes(state, seat) ? everything : [], subscribe: true };
}

function publishes({ floor }: MeetingState, { id, role }: Seat): boolean {
  const { publish } = rightsOf(role);
  return publish === "always" || (publish === "with-floor" && floor.holder === id);
}
