import { TICKET_SECONDS } from "@raadhuis/protocol/tickets";
import type { ReconnectContext, ReconnectPolicy, Room } from "livekit-client";

/**
 * livekit-client's own policy waits up to 5 s and gives up after ten tries. After a media server's death people must
 * be back in under 3 s, and while only our server is away media flows on and signalling must simply come back: so
 * quick tries first, then one a second, for a minute. After that the page asks for a fresh ticket and joins anew.
 * The first try resumes; a media server that was killed answers that it knows nobody, and the second joins: at once, too.
 */
export const reconnectPolicy: ReconnectPolicy = {
  nextRetryDelayInMs({ retryCount, elapsedMs }: ReconnectContext): number | null {
    if (elapsedMs > 60_000) return null;
    if (retryCount < 2) return 50;
    return retryCount < 12 ? 250 : 1000;
  },
};

/**
 * A room that tries to come back this long, ms, while our server is there, is given up for a new one. livekit-client says
 * no sooner than 2 s after it has joined anew that it is back, however well sound and picture flow by then: whoever
 * needs half a second to join must not be taken out of a room that works.
 */
export const PATIENCE = 4500;

/** A ticket that came 45 s ago is not tried any more: it lapses after a minute. */
export const isStillGood = (receivedAt: number): boolean => Date.now() - receivedAt <= (TICKET_SECONDS - 15) * 1000;

/** By the chamber's own address. */
export const enterRoom = (room: Room, token: string): Promise<void> =>
  room.connect(location.origin.replace(/^http/, "ws"), token, {
    maxRetries: 0,
    websocketTimeout: 5000,
    peerConnectionTimeout: 8000,
  });
