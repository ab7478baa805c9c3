import { DataPacket_Kind, SendDataRequest, SendDataResponse } from "@livekit/protocol";
import { maxMessageBytes } from "../data/channels.ts";
import { adminMethod, roomOf } from "./method.ts";
import { TwirpError } from "./twirp.ts";

/** A data packet from the server to people of a room, to all of them where none are named. */
export const sendData = adminMethod(SendDataRequest, (rooms, request): SendDataResponse => {
  const { nonce, data, destinationSids, destinationIdentities, topic } = request;
  if (nonce.length !== 0 && nonce.length !== 16)
    throw new TwirpError("invalid_argument", `nonce should be 16 bytes or none, got ${nonce.length}`);
  if (data.length > maxMessageBytes) throw new TwirpError("invalid_argument", `at most ${maxMessageBytes} bytes`);
  const kind = request.kind === DataPacket_Kind.LOSSY ? "lossy" : "reliable";
  roomOf(rooms, request.room).post.send({ kind, payload: data, topic, destinationSids, destinationIdentities, nonce });
  return new SendDataResponse();
});
