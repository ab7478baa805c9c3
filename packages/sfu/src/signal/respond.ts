import { ClientInfo_SDK, type RequestResponse, RequestResponse_Reason } from "@livekit/protocol";
import type { Participant } from "../participant/participant.ts";

/** What was asked for, told back with the answer. */
export type Asked = RequestResponse["request"];

/**
 * Says what became of a request. As LiveKit: Rust SDKs before protocol 10 cannot read it, and that something went well
 * is told from protocol 15 on.
 */
export function respond(
  { session, wishes }: Participant,
  request: Asked,
  reason: RequestResponse_Reason,
  { message = "", requestId = 0 } = {},
): void {
  if (wishes.sdk === ClientInfo_SDK.RUST && wishes.protocol < 10) return;
  if (reason === RequestResponse_Reason.OK && wishes.protocol < 15) return;
  session?.send({ case: "requestResponse", value: { requestId, reason, message, request } });
}

/** Too often. */
export const refuseRate = (participant: Participant, request: Asked, requestId = 0): void =>
  respond(participant, request, RequestResponse_Reason.LIMIT_EXCEEDED, { message: "too many requests", requestId });
