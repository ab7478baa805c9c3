import type { Participant } from "../participant/participant.ts";
import type { Room } from "../room/room.ts";
import type { Rooms } from "../room/rooms.ts";
import type { Claims } from "../ticket/ticket.ts";
import { type Decode, type Encodable, type MessageType, TwirpError } from "./twirp.ts";

/** A call of the server API, whatever its messages are. */
export interface Method {
  /** The room that a request is about; `null`: all rooms, so that answers of several processes must be put together. */
  roomOf(decode: Decode): string | null;
  call(decode: Decode, claims: Claims, rooms: Rooms): Encodable | Promise<Encodable>;
}

interface Call<T> {
  request: MessageType<T>;
  room(request: T): string | null;
  allowed(claims: Claims, request: T): boolean;
  /** `at`: see `timeOf`. */
  run(rooms: Rooms, request: T, at: number): Encodable | Promise<Encodable>;
}

export const method = <T>({ request: type, room, allowed, run }: Call<T>): Method => ({
  roomOf: (decode) => room(decode(type)),
  call(decode, claims, rooms) {
    const request = decode(type);
    // LiveKit says "unauthenticated" of what a ticket does not allow, too.
    if (!allowed(claims, request)) throw new TwirpError("unauthenticated", "This ticket does not allow it.");
    return run(rooms, request, timeOf(claims));
  },
});

/**
 * When it was called, s since 1970, by our clock or the caller's, whichever is later: a ticket that the caller made
 * before is then from before it, also where the caller's clock is ahead of ours.
 */
export const timeOf = ({ nbf }: Claims): number => Math.max(Math.floor(Date.now() / 1000), nbf);

/** A call for those who administer the one room that the request names. */
export const adminMethod = <T extends { room: string }>(type: MessageType<T>, run: Call<T>["run"]): Method =>
  method({ request: type, room: ({ room }) => room, allowed: isAdmin, run });

export const isAdmin = ({ video }: Claims, { room }: { room: string }): boolean =>
  video.roomAdmin && room !== "" && video.room === room;

export function roomOf(rooms: Rooms, name: string): Room {
  const room = rooms.get(name);
  if (!room) throw new TwirpError("not_found", "requested room does not exist");
  return room;
}

export function participantOf(
  rooms: Rooms,
  request: { room: string; identity: string },
): { room: Room; participant: Participant } {
  const room = roomOf(rooms, request.room);
  const participant = room.participants.get(request.identity);
  if (!participant) throw new TwirpError("not_found", "participant does not exist");
  return { room, participant };
}
