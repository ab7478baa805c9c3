import {
  DisconnectReason,
  ListParticipantsRequest,
  ListParticipantsResponse,
  MuteRoomTrackRequest,
  MuteRoomTrackResponse,
  type ParticipantPermission,
  RemoveParticipantResponse,
  RoomParticipantIdentity,
  UpdateParticipantRequest,
  UpdateSubscriptionsRequest,
  UpdateSubscriptionsResponse,
} from "@livekit/protocol";
import { change } from "../signal/metadata.ts";
import { trackSidsOf } from "../signal/subscriptions.ts";
import type { Rights } from "../ticket/ticket.ts";
import { checkAttributes, checkMetadata, checkName } from "./limits.ts";
import { adminMethod, type Method, participantOf } from "./method.ts";
import { TwirpError } from "./twirp.ts";

/** Calls about people and their tracks. */
export const participantCalls = {
  ListParticipants: adminMethod(
    ListParticipantsRequest,
    (rooms, { room }) =>
      new ListParticipantsResponse({
        participants: [...(rooms.get(room)?.participants.values() ?? [])].map((participant) => participant.info()),
      }),
  ),
  GetParticipant: adminMethod(RoomParticipantIdentity, (rooms, request) =>
    participantOf(rooms, request).participant.info(),
  ),
  /** Tickets made before `revokeTokenTs` (s since 1970) are dead from now on, also where nobody is there to be removed. */
  RemoveParticipant: adminMethod(RoomParticipantIdentity, (rooms, request) => {
    if (request.revokeTokenTs > 0n) rooms.revoke(request.room, request.identity, Number(request.revokeTokenTs));
    const { room, participant } = participantOf(rooms, request);
    room.remove(participant, DisconnectReason.PARTICIPANT_REMOVED);
    return new RemoveParticipantResponse();
  }),
  MutePublishedTrack: adminMethod(MuteRoomTrackRequest, (rooms, request) => {
    const { participant } = participantOf(rooms, request);
    // Nobody's microphone is opened from afar; LiveKit refuses it too, unless told otherwise in its configuration.
    if (!request.muted) throw new TwirpError("failed_precondition", "remote unmute not enabled");
    const track = participant.publications.mute(request.trackSid, true);
    if (!track) throw new TwirpError("not_found", "track is not found");
    participant.session?.send({ case: "mute", value: { sid: track.sid, muted: true } });
    return new MuteRoomTrackResponse({ track: track.info });
  }),
  /** An empty name or metadata is left as it is; an empty attribute is taken away. Rights are set all at once. */
  UpdateParticipant: adminMethod(UpdateParticipantRequest, (rooms, request, at) => {
    checkName(request.name);
    checkMetadata(request.metadata);
    checkAttributes(request.attributes);
    // Whoever is away for a moment does not come back to what was taken meanwhile.
    if (request.permission && !rooms.get(request.room)?.participants.has(request.identity))
      rooms.get(request.room)?.rememberRights(request.identity, rightsOf(request.permission, notHere), at);
    const { room, participant } = participantOf(rooms, request);
    change(participant.ticket, request);
    if (request.permission) room.setRights(participant, rightsOf(request.permission, participant.rights), at);
    else room.changed(participant);
    participant.refreshTicket();
    return participant.info();
  }),
  UpdateSubscriptions: adminMethod(UpdateSubscriptionsRequest, (rooms, request) => {
    const { room, participant } = participantOf(rooms, request);
    room.reception.want(participant, trackSidsOf(request), request.subscribe);
    return new UpdateSubscriptionsResponse();
  }),
} satisfies Record<string, Method>;

const notHere = { hidden: false, recorder: false };

/** Whether somebody is hidden or records is decided by the ticket and stays: nobody's presence changes unseen. */
const rightsOf = (permission: ParticipantPermission, now: Pick<Rights, "hidden" | "recorder">): Rights => ({
  canPublish: permission.canPublish,
  canPublishData: permission.canPublishData,
  canPublishSources: permission.canPublishSources,
  canSubscribe: permission.canSubscribe,
  canUpdateMetadata: permission.canUpdateMetadata,
  hidden: now.hidden,
  recorder: now.recorder,
});
