import {
  CreateRoomRequest,
  DeleteRoomRequest,
  DeleteRoomResponse,
  DisconnectReason,
  ListParticipantsRequest,
  ListParticipantsResponse,
  ListRoomsRequest,
  ListRoomsResponse,
  MuteRoomTrackRequest,
  MuteRoomTrackResponse,
  type ParticipantPermission,
  RemoveParticipantResponse,
  RoomParticipantIdentity,
  UpdateParticipantRequest,
  UpdateRoomMetadataRequest,
  UpdateSubscriptionsRequest,
  UpdateSubscriptionsResponse,
} from "@livekit/protocol";
import type { Participant } from "../participant.ts";
import type { Room } from "../room.ts";
import type { Rooms } from "../rooms.ts";
import { trackSidsOf } from "../signal.ts";
import type { Claims, Rights } from "../ticket.ts";
import { type Encodable, type MessageType, TwirpError } from "./twirp.ts";

/** A method: its request, who may, what it does. */
export interface Method {
  call(decode: <T>(type: MessageType<T>) => T, claims: Claims, rooms: Rooms): Encodable;
}

const method = <T>(
  type: MessageType<T>,
  allowed: (claims: Claims, request: T) => boolean,
  run: (rooms: Rooms, request: T) => Encodable,
): Method => ({
  call(decode, claims, rooms) {
    const request = decode(type);
    // LiveKit says "unauthenticated" of what a ticket does not allow, too.
    if (!allowed(claims, request)) throw new TwirpError("unauthenticated", "This ticket does not allow it.");
    return run(rooms, request);
  },
});

const adminOf = (claims: Claims, request: { room: string }) =>
  claims.video.roomAdmin && request.room !== "" && claims.video.room === request.room;

/** livekit.RoomService: the methods this server has. */
export const roomService: Record<string, Method> = {
  CreateRoom: method(
    CreateRoomRequest,
    (claims) => claims.video.roomCreate,
    (rooms, request) => {
      if (request.name === "" || request.name.length > 256)
        throw new TwirpError("invalid_argument", "A room needs a name of at most 256 characters.");
      return rooms
        .ensure(request.name, {
          metadata: request.metadata,
          maxParticipants: request.maxParticipants,
          ...(request.emptyTimeout > 0 ? { emptyTimeout: request.emptyTimeout } : {}),
          ...(request.departureTimeout > 0 ? { departureTimeout: request.departureTimeout } : {}),
        })
        .info();
    },
  ),
  ListRooms: method(
    ListRoomsRequest,
    (claims) => claims.video.roomList,
    (rooms, { names }) =>
      new ListRoomsResponse({
        rooms: rooms
          .list()
          .filter((room) => names.length === 0 || names.includes(room.name))
          .map((room) => room.info()),
      }),
  ),
  DeleteRoom: method(
    DeleteRoomRequest,
    (claims) => claims.video.roomCreate,
    (rooms, { room }) => {
      if (!rooms.delete(room)) throw new TwirpError("not_found", "requested room does not exist");
      return new DeleteRoomResponse();
    },
  ),
  UpdateRoomMetadata: method(UpdateRoomMetadataRequest, adminOf, (rooms, request) => {
    const room = roomOf(rooms, request.room);
    room.setMetadata(request.metadata);
    return room.info();
  }),
  ListParticipants: method(
    ListParticipantsRequest,
    adminOf,
    (rooms, request) =>
      new ListParticipantsResponse({
        participants: [...(rooms.get(request.room)?.participants.values() ?? [])].map((participant) =>
          participant.info(),
        ),
      }),
  ),
  GetParticipant: method(RoomParticipantIdentity, adminOf, (rooms, request) =>
    participantOf(rooms, request).participant.info(),
  ),
  RemoveParticipant: method(RoomParticipantIdentity, adminOf, (rooms, request) => {
    if (request.revokeTokenTs > 0n) rooms.revoke(request.room, request.identity, Number(request.revokeTokenTs));
    const { room, participant } = participantOf(rooms, request);
    room.remove(participant, DisconnectReason.PARTICIPANT_REMOVED);
    return new RemoveParticipantResponse();
  }),
  MutePublishedTrack: method(MuteRoomTrackRequest, adminOf, (rooms, request) => {
    const { participant } = participantOf(rooms, request);
    const track = participant.mute(request.trackSid, request.muted);
    if (!track) throw new TwirpError("not_found", "track is not found");
    participant.session?.send({ case: "mute", value: { sid: track.sid, muted: request.muted } });
    return new MuteRoomTrackResponse({ track: track.info });
  }),
  UpdateParticipant: method(UpdateParticipantRequest, adminOf, (rooms, request) => {
    const { room, participant } = participantOf(rooms, request);
    const { ticket } = participant;
    if (request.metadata !== "") ticket.metadata = request.metadata;
    if (request.name !== "") ticket.name = request.name;
    for (const [key, value] of Object.entries(request.attributes))
      if (value === "") delete ticket.attributes[key];
      else ticket.attributes[key] = value;
    if (request.permission) room.setRights(participant, rightsOf(request.permission, participant.rights));
    else room.changed(participant);
    return participant.info();
  }),
  UpdateSubscriptions: method(UpdateSubscriptionsRequest, adminOf, (rooms, request) => {
    const { room, participant } = participantOf(rooms, request);
    for (const sid of trackSidsOf(request))
      if (request.subscribe) room.subscribe(participant, sid);
      else participant.unsubscribe(sid);
    return new UpdateSubscriptionsResponse();
  }),
};

function roomOf(rooms: Rooms, name: string): Room {
  const room = rooms.get(name);
  if (!room) throw new TwirpError("not_found", "requested room does not exist");
  return room;
}

function participantOf(
  rooms: Rooms,
  request: { room: string; identity: string },
): { room: Room; participant: Participant } {
  const room = roomOf(rooms, request.room);
  const participant = room.participants.get(request.identity);
  if (!participant) throw new TwirpError("not_found", "participant does not exist");
  return { room, participant };
}

/** All rights are set at once, as LiveKit does; whether somebody is hidden is decided by the ticket and stays. */
const rightsOf = (permission: ParticipantPermission, now: Rights): Rights => ({
  canPublish: permission.canPublish,
  canPublishData: permission.canPublishData,
  canPublishSources: permission.canPublishSources,
  canSubscribe: permission.canSubscribe,
  canUpdateMetadata: permission.canUpdateMetadata,
  hidden: now.hidden,
  recorder: now.recorder,
});
