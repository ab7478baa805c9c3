import type { FastifyRequest } from "fastify";
import { OFFICE_COOKIE, seatSecretOf } from "../http/cookies.ts";
import { type Tickets, ticketOf } from "../media/tickets.ts";
import { hashOf } from "../random.ts";

/**
 * The hash of the session that a request brings for where it goes: the office's or a seat's by its cookie, and for media
 * the one that its ticket was given to. Nobody has looked whether it lives.
 */
export async function sessionBrought(request: FastifyRequest, tickets: Tickets): Promise<string | undefined> {
  const { url: route = "" } = request.routeOptions;
  if (route === "/rtc" || route.startsWith("/rtc/")) {
    const token = ticketOf(request.raw);
    const claims = token ? await tickets.read(token) : undefined;
    return claims && "session" in claims ? claims.session : undefined;
  }
  const secret = secretAt(route, request);
  return secret ? hashOf(secret) : undefined;
}

function secretAt(route: string, request: FastifyRequest): string | undefined {
  if (route.startsWith("/api/office")) return request.cookies[OFFICE_COOKIE];
  return route.startsWith("/api/seats/") ? seatSecretOf(request)?.secret : undefined;
}
