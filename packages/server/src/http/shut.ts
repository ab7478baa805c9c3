import type { FastifyBaseLogger } from "fastify";
import type { WebSocket } from "ws";
import { HouseError } from "../errors.ts";

/** Close codes: 4401 is final, the session is no more; at 1011 (RFC 6455) the page comes back and tries again. */
const NO_SESSION = 4401;
const FAILED = 1011;

/** Tells a page why its socket was not opened: its own fault for good, ours only for now. */
export function shut(socket: WebSocket, error: unknown, log: FastifyBaseLogger): void {
  if (!(error instanceof HouseError)) {
    log.error({ err: error }, "a socket could not be opened");
    socket.close(FAILED, "house.failed");
    return;
  }
  socket.send(JSON.stringify({ type: "out", code: "seat.no-session" }));
  socket.close(NO_SESSION, "seat.no-session");
}
