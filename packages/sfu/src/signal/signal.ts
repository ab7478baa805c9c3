import { DisconnectReason, type LeaveRequest, type SignalRequest } from "@livekit/protocol";
import type { Log } from "../base/log.ts";
import type { Participant } from "../participant/participant.ts";
import type { Room } from "../room/room.ts";
import { updateMetadata } from "./metadata.ts";
import { acceptAnswer, answerOffer } from "./negotiate.ts";
import { addTrack, mute, updateAudioTrack, updateVideoTrack } from "./ownTracks.ts";
import { simulate } from "./simulate.ts";
import { configureTracks, permitSubscriptions, syncState, updateSubscription } from "./subscriptions.ts";

type Message = SignalRequest["message"];

/** What a participant's client asks for, done. What it may not have is refused to it alone. */
export function handleSignal(room: Room, participant: Participant, message: Message, log: Log): void {
  if (!participant.limits.allow("any")) {
    log.warn({ participant: participant.sid }, "signal.too-many");
    room.remove(participant, DisconnectReason.STATE_MISMATCH);
    return;
  }
  const about = { participant: participant.sid, case: message.case };
  switch (message.case) {
    case "offer":
      answerOffer(room, participant, message.value, log);
      break;
    case "answer":
      acceptAnswer(room, participant, message.value, log);
      break;
    case "addTrack":
      addTrack(participant, message.value);
      break;
    case "mute":
      mute(participant, message.value);
      break;
    case "updateAudioTrack":
      updateAudioTrack(room, participant, message.value);
      break;
    case "updateVideoTrack":
      updateVideoTrack(room, participant, message.value);
      break;
    case "subscription":
      updateSubscription(room, participant, message.value);
      break;
    case "trackSetting":
      configureTracks(participant, message.value);
      break;
    case "subscriptionPermission":
      if (!permitSubscriptions(room, participant, message.value)) log.debug(about, "signal.not-done");
      break;
    case "syncState":
      syncState(room, participant, message.value);
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
      room.remove(participant, reasonOf(message.value));
      break;
    // The server is ICE-lite: it answers checks from wherever they come and sends none, so it needs no candidates.
    case "trickle":
      break;
    case "simulate":
      if (!simulate(room, participant, message.value)) log.debug(about, "signal.not-simulated");
      break;
    default:
      log.debug(about, "signal.not-done");
  }
}

/** Why somebody leaves is theirs to say, but only as LiveKit lets them. */
function reasonOf({ reason }: LeaveRequest): DisconnectReason {
  const { CLIENT_INITIATED, USER_UNAVAILABLE, USER_REJECTED, AGENT_ERROR } = DisconnectReason;
  return [USER_UNAVAILABLE, USER_REJECTED, AGENT_ERROR].find((own) => own === reason) ?? CLIENT_INITIATED;
}
