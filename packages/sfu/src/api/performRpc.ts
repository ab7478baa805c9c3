import { PerformRpcRequest, PerformRpcResponse } from "@livekit/protocol";
import { adminMethod, participantOf } from "./method.ts";
import { type TwirpCode, TwirpError } from "./twirp.ts";

/** LiveKit's own, bytes and ms. */
const maxPayloadBytes = 15 * 1024;
const usualMs = 10_000;

/** The Twirp code that LiveKit gives to an error of its SDKs' RPC. */
const codes: Record<number, TwirpCode> = {
  1400: "invalid_argument",
  1401: "not_found",
  1402: "malformed",
  1403: "unimplemented",
  1404: "unimplemented",
  1501: "canceled",
  1502: "canceled",
  1503: "unavailable",
};

/** Calls a method that somebody's client registered, and waits for what it answers. */
export const performRpc = adminMethod(PerformRpcRequest, async (rooms, request) => {
  const { destinationIdentity, method, payload, responseTimeoutMs } = request;
  if (destinationIdentity === "") throw new TwirpError("invalid_argument", "destination identity is required");
  if (Buffer.byteLength(payload) > maxPayloadBytes)
    throw new TwirpError("malformed", `RpcError 1402: Request payload too large (at most ${maxPayloadBytes} bytes)`);
  const { room, participant } = participantOf(rooms, { room: request.room, identity: destinationIdentity });
  const outcome = await room.post.calls.call(participant, method, payload, responseTimeoutMs || usualMs);
  if ("payload" in outcome) return new PerformRpcResponse({ payload: outcome.payload });
  const { code, message } = outcome.error;
  throw new TwirpError(codes[code] ?? "internal", `RpcError ${code}: ${message}`);
});
