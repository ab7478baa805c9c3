import { RedeemBody, Redeemed, SeatSession } from "@raadhuis/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { houseError } from "../errors.ts";
import { Limiter, networkOf } from "../http/limiter.ts";
import { socketRoute } from "../http/socketRoute.ts";
import { Connection, type ConnectionContext } from "../meetings/connection.ts";
import { actorOf } from "../meetings/hub.ts";
import { hashOf, newSecret } from "../random.ts";
import type { Store } from "../store/store.ts";
import { SEAT_SESSION_SECONDS, seatCookie, seatCookieName } from "./cookie.ts";
import { seatOfRequest } from "./session.ts";

const seatParams = z.object({ seat: z.string() });

/** Personal links are exchanged for a seat's cookie; the cookie opens the seat's socket. */
export function seatRoutes(
  app: FastifyInstance,
  { store, context, secure }: { store: Store; context: ConnectionContext; secure: boolean },
): void {
  const http = app.withTypeProvider<ZodTypeProvider>();
  const failures = new Limiter({ burst: 30, everyMs: 2_000 });

  http.post(
    "/api/seats/redeem",
    { schema: { body: RedeemBody, response: { 200: Redeemed } } },
    async ({ body, ip }, reply) => {
      const secret = newSecret();
      const expiresAt = Date.now() + SEAT_SESSION_SECONDS * 1000;
      const seat = await store.access.redeem(
        { meeting: body.meeting, hash: hashOf(body.secret) },
        { hash: hashOf(secret), expiresAt },
      );
      if (!seat) {
        // Only who fails waits: a whole council may come in from one address.
        failures.mustTake(networkOf(ip));
        throw houseError("link.unknown");
      }
      reply.setCookie(seatCookieName(seat.seat), secret, seatCookie(seat.seat, secure));
      return seat;
    },
  );

  http.get("/api/seats/:seat", { schema: { params: seatParams, response: { 200: SeatSession } } }, async (request) => {
    const { meeting, seat } = await seatOfRequest(request, store);
    return { meeting, seat };
  });

  socketRoute(app, "/api/seats/:seat/socket", {
    admit: async (request) => {
      const { meeting, seat, session } = await seatOfRequest(request, store);
      const who = { kind: "seat" as const, seat };
      return { who, meeting, session, spend: context.allowance.enter(`${meeting} ${actorOf(who)}`, request.ip) };
    },
    open: (socket, place, { raw }) => {
      const sessionLives = async () => (await store.access.seatSession(place.session, Date.now())) !== undefined;
      new Connection(socket, raw.socket, { ...place, sessionLives }, context);
    },
  });
}
