import type { FastifyRequest } from "fastify";
import { hashOf } from "../random.ts";
import { OFFICE_COOKIE, seatSecretOf } from "./cookies.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** How a request of this route says which session it brings, where that is not by a cookie. */
    session?: (request: FastifyRequest) => Promise<string | undefined>;
  }
}

/**
 * The hash of the session that a request brings for where it goes: the office's or a seat's by its cookie, or whatever the
 * route says. Nobody has looked whether it lives.
 */
export async function sessionBrought(request: FastifyRequest): Promise<string | undefined> {
  const { url: route = "", config } = request.routeOptions;
  if (config.session) return config.session(request);
  const secret = secretAt(route, request);
  return secret ? hashOf(secret) : undefined;
}

function secretAt(route: string, request: FastifyRequest): string | undefined {
  if (route.startsWith("/api/office")) return request.cookies[OFFICE_COOKIE];
  return route.startsWith("/api/seats/") ? seatSecretOf(request)?.secret : undefined;
}
