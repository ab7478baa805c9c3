import type { FastifyRequest } from "fastify";
import { houseError } from "../errors.ts";
import { seatSecretOf } from "../http/cookies.ts";
import type { Askers } from "../http/rights.ts";
import { hashOf } from "../random.ts";
import type { Store } from "../store/store.ts";

/** The seat that this request's cookie opens: the one in its path, or none. Throws `seat.no-session`. */
export async function seatOfRequest(
  request: FastifyRequest,
  store: Pick<Store, "access" | "now">,
): Promise<Askers["seat"]> {
  const brought = seatSecretOf(request);
  if (!brought) throw houseError("seat.no-session");
  const session = hashOf(brought.secret);
  const open = await store.access.seatSession(session, store.now());
  if (open?.seat !== brought.seat) throw houseError("seat.no-session");
  request.server.known.see(session);
  return { ...open, session };
}
