import type { Context } from "../command.ts";
import type { Refusal } from "../refusal.ts";
import { conducts, mayEnter, seatOf } from "../rights.ts";
import type { MeetingState } from "../state.ts";

/** The office, or a chair, deputy or clerk who may be in the chamber now. */
export function mustConduct(state: MeetingState, { actor }: Context): Refusal | undefined {
  if (actor.kind === "office") return undefined;
  const seat = actor.kind === "seat" ? seatOf(state, actor.seat) : undefined;
  if (seat?.removed) return { code: "seat.removed", message: "This seat was removed." };
  if (seat && conducts(seat.role) && mayEnter(state, seat.id)) return undefined;
  return { code: "role.not-allowed", message: "Only the chair, a deputy or the clerk may do this." };
}

/** Open or suspended: begun and not over. */
export function mustRun(state: MeetingState): Refusal | undefined {
  if (state.phase === "closed") return { code: "meeting.over", message: "The meeting is over." };
  if (state.phase === "planned") return { code: "meeting.not-open", message: "The meeting has not been opened." };
  return undefined;
}

export function mustNotBeOver(state: MeetingState): Refusal | undefined {
  return state.phase === "closed" ? { code: "meeting.over", message: "The meeting is over." } : undefined;
}
