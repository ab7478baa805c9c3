import {
  type AddTrackRequest,
  DisconnectReason,
  RequestResponse_Reason,
  type SignalRequest,
  type UpdateParticipantMetadata,
  type UpdateSubscription,
} from "@livekit/protocol";
import type { Log } from "./log.ts";
import type { Participant } from "./participant.ts";
import type { Room } from "./room.ts";
import { NotAnOffer } from "./sdp/offer.ts";

type Message = SignalRequest["message"];

/** What a participant's client asks for, done. What it may not have is refused to it alone. */
export function handleSignal(room: Room, participant: Participant, message: Message, log: Log): void {
  switch (message.case) {
    case "offer":
      answerOffer(room, participant, message.value.sdp, message.value.id, log);
      break;
    case "answer":
      acceptAnswer(room, participant, message.value.sdp, message.value.id, log);
      break;
    case "addTrack":
      announce(participant, message.value);
      break;
    case "mute":
      participant.mute(message.value.sid, message.value.muted);
      break;
    case "subscription":
      for (const sid of trackSidsOf(message.value))
        if (message.value.subscribe) room.subscribe(participant, sid);
        else participant.unsubscribe(sid);
      break;
    case "trackSetting":
      for (const sid of message.value.trackSids) participant.subscriptions.get(sid)?.configure(message.value);
      break;
    case "updateMetadata":
      updateMetadata(room, participant, message.value);
      break;
    case "ping":
      participant.session?.send({ case: "pong", value: BigInt(Date.now()) });
      break;
    case "pingReq":
      participant.session?.send({
        case: "pongResp",
        value: { lastPingTimestamp: message.value.timestamp, timestamp: BigInt(Date.now()) },
      });
      break;
    case "leave":
      room.remove(participant, DisconnectReason.CLIENT_INITIATED);
      break;
    // The server is ICE-lite: it answers checks from wherever they come and sends none, so it needs no candidates.
    case "trickle":
      break;
    default:
      log.debug({ participant: participant.sid, case: message.case }, "signal.not-done");
  }
}

export const trackSidsOf = (update: Pick<UpdateSubscription, "trackSids" | "participantTracks">): string[] => [
  ...update.trackSids,
  ...update.participantTracks.flatMap((tracks) => tracks.trackSids),
];

function announce(participant: Participant, request: AddTrackRequest): void {
  const track = participant.announce(request);
  if (track === null) refuse(participant, "These rights do not let this source be published.");
  else participant.session?.send({ case: "trackPublished", value: { cid: request.cid, track: track.info } });
}

function updateMetadata(room: Room, participant: Participant, request: UpdateParticipantMetadata): void {
  const { requestId, metadata, name, attributes } = request;
  const allowed = participant.rights.canUpdateMetadata && metadata.length <= 16_384 && name.length <= 512;
  if (!allowed) {
    refuse(participant, "These rights do not let one's own name or metadata be changed so.", requestId);
    return;
  }
  if (metadata !== "") participant.ticket.metadata = metadata;
  if (name !== "") participant.ticket.name = name;
  Object.assign(participant.ticket.attributes, attributes);
  room.changed(participant);
  participant.session?.send({ case: "requestResponse", value: { requestId, reason: RequestResponse_Reason.OK } });
}

/** Answers an offer; one that is none ends this participant's visit, and nobody else's. */
export function answerOffer(room: Room, participant: Participant, sdp: string, id: number, log: Log): void {
  negotiate(room, participant, log, () => {
    const { sdp: answer, midToTrackId } = participant.negotiation.answer(sdp);
    participant.session?.send({ case: "answer", value: { type: "answer", sdp: answer, id, midToTrackId } });
  });
}

const acceptAnswer = (room: Room, participant: Participant, sdp: string, id: number, log: Log): void =>
  negotiate(room, participant, log, () => participant.negotiation.accept(sdp, id));

function negotiate(room: Room, participant: Participant, log: Log, agree: () => void): void {
  try {
    agree();
  } catch (error) {
    const why = error instanceof NotAnOffer ? error.message : "The description could not be used.";
    log.warn(
      { participant: participant.sid, why, ...(error instanceof NotAnOffer ? {} : { err: error }) },
      "negotiation.refused",
    );
    room.remove(participant, DisconnectReason.JOIN_FAILURE);
  }
}

function refuse(participant: Participant, message: string, requestId = 0): void {
  participant.session?.send({
    case: "requestResponse",
    value: { requestId, reason: RequestResponse_Reason.NOT_ALLOWED, message },
  });
}
