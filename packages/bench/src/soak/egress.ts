import { EgressProcess } from "@raadhuis/egress/testing/egressProcess.ts";
import { AccessToken } from "livekit-server-sdk";
import { apiKey } from "../forward/subjects.ts";

/** An egress of its own, at this media server. */
export const startEgress = (meeting: string, data: string, url: string): Promise<EgressProcess> =>
  EgressProcess.start(meeting, {
    RAADHUIS_DATA: data,
    RAADHUIS_LOG: "warn",
    LIVEKIT_URL: url,
    LIVEKIT_API_KEY: apiKey.key,
    LIVEKIT_API_SECRET: apiKey.secret,
  });

/** Its way into a room: hidden, and it hears everybody. */
export async function hiddenTicket(room: string): Promise<string> {
  const token = new AccessToken(apiKey.key, apiKey.secret, { identity: "egress", ttl: 24 * 3600 });
  token.addGrant({ room, roomJoin: true, canSubscribe: true, canPublish: false, hidden: true, recorder: true });
  return token.toJwt();
}
