import {
  CreateRoomRequest,
  DeleteRoomRequest,
  DeleteRoomResponse,
  ListRoomsRequest,
  ListRoomsResponse,
  type RoomEgress,
  UpdateRoomMetadataRequest,
} from "@livekit/protocol";
import { checkAttributes, checkMetadata, checkRoomName } from "./limits.ts";
import { adminMethod, type Method, method, roomOf } from "./method.ts";
import { TwirpError } from "./twirp.ts";

/** Calls about rooms. */
export const roomCalls = {
  /**
   * Options count for a new room only, and 0 or "" means the default. Playout delay, stream sync, tags and agents are
   * taken and have no effect here: there is nothing they could bear on.
   */
  CreateRoom: method({
    request: CreateRoomRequest,
    room: ({ name }) => name,
    allowed: ({ video }) => video.roomCreate,
    run(rooms, request) {
      if (request.name === "") throw new TwirpError("invalid_argument", "A room needs a name.");
      checkRoomName(request.name);
      checkMetadata(request.metadata);
      for (const agent of request.agents) {
        checkMetadata(agent.metadata);
        checkAttributes(agent.attributes);
      }
      if (request.roomPreset !== "") throw new TwirpError("invalid_argument", "unknown room configuration");
      // Nobody may think that a room is recorded which is not.
      if (asksForEgress(request.egress)) throw new TwirpError("unimplemented", "This server has no egress.");
      return rooms
        .ensure(request.name, {
          metadata: request.metadata,
          maxParticipants: request.maxParticipants,
          ...(request.emptyTimeout > 0 ? { emptyTimeout: request.emptyTimeout } : {}),
          ...(request.departureTimeout > 0 ? { departureTimeout: request.departureTimeout } : {}),
        })
        .info();
    },
  }),
  ListRooms: method({
    request: ListRoomsRequest,
    room: () => null,
    allowed: ({ video }) => video.roomList,
    run(rooms, { names }) {
      const wanted = new Set(names);
      const listed = rooms.list().filter((room) => wanted.size === 0 || wanted.has(room.name));
      return new ListRoomsResponse({ rooms: listed.map((room) => room.info()) });
    },
  }),
  DeleteRoom: method({
    request: DeleteRoomRequest,
    room: ({ room }) => room,
    allowed: ({ video }) => video.roomCreate,
    run(rooms, { room }, at) {
      if (!rooms.delete(room, at)) throw new TwirpError("not_found", "requested room does not exist");
      return new DeleteRoomResponse();
    },
  }),
  UpdateRoomMetadata: adminMethod(UpdateRoomMetadataRequest, (rooms, request) => {
    checkMetadata(request.metadata);
    const room = roomOf(rooms, request.room);
    room.setMetadata(request.metadata);
    return room.info();
  }),
} satisfies Record<string, Method>;

const asksForEgress = (egress: RoomEgress | undefined): boolean =>
  egress !== undefined && (egress.room ?? egress.participant ?? egress.tracks) !== undefined;
