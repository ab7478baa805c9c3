import type { FastifyRequest } from "fastify";
import { houseError } from "../errors.ts";
import { hashOf } from "../random.ts";
import type { SeatOfMeeting } from "../store/access.ts";
import type { Store } from "../store/store.ts";
import { seatSecretOf } from "./cookie.ts";

export interface OpenSeat extends SeatOfMeeting {
  /** Hash of the session's secret. */
  session: string;
}

/** The seat that this request's cookie opens: the one in its path, or none. Throws `seat.no-session`. */
export async function seatOfRequest(request: FastifyRequest, store: Store): Promise<OpenSeat> {
  const brought = seatSecretOf(request);
  if (!brought) throw houseError("seat.no-session");
  const session = hashOf(brought.secret);
  const open = await store.access.seatSession(session, store.now());
  if (open?.seat !== brought.seat) throw houseError("seat.no-session");
  request.server.known.see(session);
  return { ...open, session };
}
