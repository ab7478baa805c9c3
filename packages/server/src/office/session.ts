import type { FastifyRequest } from "fastify";
import { houseError } from "../errors.ts";
import { OFFICE_COOKIE } from "../http/cookies.ts";
import type { Askers } from "../http/rights.ts";
import { hashOf } from "../random.ts";
import type { Store } from "../store/store.ts";

/**
 * Who is signed in. Throws `office.no-session`, or `office.session-over` where there was one; `office.not-set-up` in a house
 * where nobody can be.
 */
export async function clerkOfRequest(
  request: FastifyRequest,
  store: Pick<Store, "access" | "house" | "now">,
): Promise<Askers["clerk"]> {
  const secret = request.cookies[OFFICE_COOKIE];
  if (!secret) throw houseError((await store.house.body()) ? "office.no-session" : "office.not-set-up");
  const session = hashOf(secret);
  const id = await store.access.clerkSession(session, store.now());
  const clerk = id === undefined ? undefined : await store.house.clerk(id);
  if (!clerk) throw houseError("office.session-over");
  request.server.known.see(session);
  return { clerk, session };
}
