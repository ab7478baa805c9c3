import { DisconnectReason, LeaveRequest_Action, type SimulateScenario } from "@livekit/protocol";
import type { Participant } from "../participant/participant.ts";
import type { Room } from "../room/room.ts";

/**
 * Mishaps that SDKs ask for in their own tests. Only those that befall the one who asks: to be shown as speaking, or
 * to choose the bandwidth the server reckons with, is nobody's to ask for here.
 */
export function simulate(room: Room, participant: Participant, { scenario }: SimulateScenario): boolean {
  switch (scenario.case) {
    case "nodeFailure":
    case "migration":
      // Without a word: the client finds that its participant is gone when it tries to resume.
      participant.session?.drop();
      room.remove(participant, DisconnectReason.SERVER_SHUTDOWN);
      return true;
    case "serverLeave":
      room.remove(participant, DisconnectReason.SERVER_SHUTDOWN);
      return true;
    case "leaveRequestFullReconnect":
      room.remove(participant, DisconnectReason.CLIENT_INITIATED, LeaveRequest_Action.RECONNECT);
      return true;
    case "disconnectSignalOnResume":
      participant.dropOnResume = "after";
      return true;
    case "disconnectSignalOnResumeNoMessages":
      participant.dropOnResume = "before";
      return true;
    default:
      return false;
  }
}
