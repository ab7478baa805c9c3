import type { Context } from "./command.ts";
import { formOf } from "./forms.ts";
import type { ItemId, SeatId } from "./ids.ts";
import type { Refusal, RefusalCode } from "./refusal.ts";
import { mayEnter, seatOf } from "./rights.ts";
import { conducts, speaks } from "./roles.ts";
import type { MeetingState } from "./state.ts";

const unless = (met: boolean, code: RefusalCode, message: string): Refusal | undefined =>
  met ? undefined : { code, message };

/** The office, or the seat of a chair, deputy or clerk. */
export function mustConduct(state: MeetingState, { actor }: Context): Refusal | undefined {
  if (actor.kind === "account") return undefined;
  const seat = actor.kind === "seat" ? seatOf(state, actor.seat) : undefined;
  const allowed = seat !== undefined && conducts(seat.role);
  return unless(allowed, "role.not-allowed", "Only the chair, a deputy or the clerk may do this.");
}

/** The seat itself, or whoever conducts. */
export function mustBeOwnOrConduct(state: MeetingState, seat: SeatId, context: Context): Refusal | undefined {
  if (context.actor.kind === "seat" && context.actor.seat === seat) return undefined;
  return mustConduct(state, context);
}

/** Presence is what the server sees, never what somebody says. */
export const mustBeHouse = ({ actor }: Context): Refusal | undefined =>
  unless(actor.kind === "house", "role.not-allowed", "Only the house itself says who is here.");

/** Open or suspended: begun and not over. */
export const mustRun = (state: MeetingState): Refusal | undefined =>
  unless(state.phase !== "planned", "meeting.not-open", "The meeting has not been opened.");

export const mustBeOpen = (state: MeetingState): Refusal | undefined =>
  unless(state.phase === "open", "meeting.not-open", "The meeting is not open.");

export const mustBePublic = (state: MeetingState): Refusal | undefined =>
  unless(formOf(state).doors, "meeting.kind", "Only a meeting with a gallery has this.");

export const mustHaveAgenda = (state: MeetingState): Refusal | undefined =>
  unless(formOf(state).agenda, "meeting.kind", "A call has no agenda.");

/** The agenda is a public paper: behind closed doors it stays as it is. */
export const mustHaveDoorsOpen = (state: MeetingState): Refusal | undefined =>
  unless(
    !formOf(state).doors || state.epoch.doors === "open",
    "item.doors-closed",
    "The agenda does not change behind closed doors.",
  );

export const mustKnowItem = (state: MeetingState, id: ItemId): Refusal | undefined =>
  unless(
    state.agenda.some((item) => item.id === id),
    "item.unknown",
    "There is no such item on the agenda.",
  );

export const mustKnowSeat = (state: MeetingState, id: SeatId): Refusal | undefined =>
  unless(seatOf(state, id) !== undefined, "seat.unknown", "There is no such seat in this meeting.");

/** From whoever is here the house takes nothing. */
export const mustBeGone = (state: MeetingState, id: SeatId): Refusal | undefined =>
  unless(!seatOf(state, id)?.present, "seat.present", "This seat is in the chamber.");

/** A seat of this meeting, not removed, and not kept out by closed doors. */
export function mustBeAllowedIn(state: MeetingState, id: SeatId): Refusal | undefined {
  const seat = seatOf(state, id);
  if (!seat) return mustKnowSeat(state, id);
  if (seat.removed) return { code: "seat.removed", message: "This seat was removed." };
  return unless(mayEnter(state, id), "seat.not-admitted", "The doors are closed to this seat.");
}

/** Allowed in, here, and in a role that speaks. */
export function mustBeAbleToSpeak(state: MeetingState, id: SeatId): Refusal | undefined {
  const refusal = mustBeAllowedIn(state, id);
  if (refusal) return refusal;
  const seat = seatOf(state, id);
  if (!seat?.present) return { code: "seat.absent", message: "This seat is not in the chamber." };
  return unless(speaks(seat.role), "role.not-allowed", "An observer does not speak.");
}
