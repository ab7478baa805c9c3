import { MeetingId, type SeatId } from "./ids.ts";
import { programmeOf } from "./programme.ts";
import { type MediaRights, mediaRightsOf } from "./rights.ts";
import type { MeetingState } from "./state.ts";

/**
 * Whoever belongs in a room, by LiveKit identity. Captions, a telephone or an interpreter's line will be kinds of their
 * own: they are no seats, and no page holds a ticket of theirs.
 */
export type Occupant = SeatOccupant | BroadcastOccupant;

export interface SeatOccupant extends MediaRights {
  kind: "seat";
  identity: SeatId;
}

/** Sees and hears, and nobody in the room sees it. */
export interface BroadcastOccupant {
  kind: "broadcast";
  identity: typeof BROADCAST_IDENTITY;
}

/** Identity of the hidden participant that makes the broadcast. No SeatId is this short. */
export const BROADCAST_IDENTITY = "egress";

/** A LiveKit room of one epoch. Tickets, the way to `/rtc` and the media server itself go by its name. */
export interface MeetingRoom {
  name: string;
  epoch: number;
  occupants: readonly Occupant[];
}

/**
 * The rooms a meeting has at this moment; any other is to be gone. Of the rooms a seat belongs in, its page shows the
 * first one and sends into that alone; the others it only hears.
 */
export type Occupancy = readonly MeetingRoom[];

/** The one place that says which rooms there are, who belongs in each, and with which rights. */
export function occupancyOf(state: MeetingState): Occupancy {
  if (state.phase === "ended") return [];
  const occupants: Occupant[] = state.seats.flatMap(({ id }) => {
    const rights = mediaRightsOf(state, id);
    return rights ? [{ kind: "seat", identity: id, ...rights }] : [];
  });
  const { number } = state.epoch;
  // An epoch off the air never comes on air again: no ticket for the broadcast is ever made for what was said in it.
  if (programmeOf(state).kind === "live") occupants.push({ kind: "broadcast", identity: BROADCAST_IDENTITY });
  return [{ name: roomName(state.id, number), epoch: number, occupants }];
}

/** What one seat has of each room it belongs in, in the rooms' order. */
export function placesOf(occupancy: Occupancy, seat: SeatId): { room: MeetingRoom; rights: MediaRights }[] {
  return occupancy.flatMap((room) => {
    const rights = rightsIn(room, seat);
    return rights ? [{ room, rights }] : [];
  });
}

/** `null`: this seat does not belong here, not even to listen. */
export function rightsIn({ occupants }: MeetingRoom, seat: SeatId): MediaRights | null {
  const isIt = (occupant: Occupant): occupant is SeatOccupant => occupant.kind === "seat" && occupant.identity === seat;
  return occupants.find(isIt) ?? null;
}

export const isOnAir = ({ occupants }: MeetingRoom): boolean => occupants.some(({ kind }) => kind === "broadcast");

/**
 * The LiveKit room of one epoch of a meeting; `part` where the epoch has several, of small letters and digits. A new epoch
 * has new names for all of them, so that no ticket of the one before opens any.
 * @example roomName(meeting, 2) // "k3v9x2m4qa-2"
 * @example roomName(meeting, 2, "left") // "k3v9x2m4qa-2-left"
 */
export const roomName = (meeting: MeetingId, epoch: number, part?: string): string =>
  part === undefined ? `${meeting}-${epoch}` : `${meeting}-${epoch}-${part}`;

/** Whose room it is; `null` for a name that no meeting's room has. */
export function meetingOfRoom(name: string): MeetingId | null {
  const match = /^([a-z0-9]{8,32})-[1-9]\d{0,8}(?:-[a-z0-9]{1,16})?$/.exec(name);
  return match ? MeetingId.parse(match[1]) : null;
}
