import { ForwardParticipantRequest, MoveParticipantRequest } from "@livekit/protocol";
import type { Claims } from "../ticket/ticket.ts";
import { isAdmin, type Method, method } from "./method.ts";
import { TwirpError } from "./twirp.ts";

const toOtherRoom = (claims: Claims, request: { room: string; destinationRoom: string }): boolean =>
  isAdmin(claims, request) && claims.video.destinationRoom === request.destinationRoom;

/** LiveKit's own server has these two in its API and not in its engine: they are of its cloud. */
const ofTheCloud = (request: { room: string; destinationRoom: string }): never => {
  if (request.room === request.destinationRoom)
    throw new TwirpError("invalid_argument", "destination room cannot be the same as source room");
  throw new TwirpError("unimplemented", "Only LiveKit's cloud moves people between rooms.");
};

/** Calls that are checked as LiveKit checks them, and end there. */
export const unavailableCalls = {
  ForwardParticipant: method({
    request: ForwardParticipantRequest,
    room: ({ room }) => room,
    allowed: toOtherRoom,
    run: (_rooms, request) => ofTheCloud(request),
  }),
  MoveParticipant: method({
    request: MoveParticipantRequest,
    room: ({ room }) => room,
    allowed: toOtherRoom,
    run: (_rooms, request) => ofTheCloud(request),
  }),
} satisfies Record<string, Method>;
