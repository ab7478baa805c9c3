import { isNavigation, languageOf, namesOneHost, WrongDoors, wrongDoorPage } from "@raadhuis/protocol/door";
import type { FastifyInstance } from "fastify";
import { houseError } from "../errors.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** This route takes WebSocket upgrades. */
    socket?: boolean;
    /** Asked by probes that know no host name. */
    anyHost?: boolean;
  }
}

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * What every request must bring before anything else is looked at: the host name of this house, and, where something
 * changes or a socket opens, the exact origin of its pages. A browser sends Origin with each of those; nobody else has
 * business here. SameSite cookies are not counted as a wall.
 */
export function guardDoor(app: FastifyInstance, url: string, locale: "nl" | "en"): void {
  const { host, origin } = new URL(url);
  const wrongDoors = new WrongDoors((told) =>
    app.log.warn(told, "a request came for another host than RAADHUIS_URL says: does a proxy pass Host on as it is?"),
  );
  app.addHook("onRequest", async (request, reply) => {
    const { config } = request.routeOptions;
    if (!namesOneHost(request.raw)) throw houseError("request.malformed", "A request names one host, once.");
    // As it came, also from a proxy: X-Forwarded-Host is often what the client says, passed on.
    const named = request.raw.headers.host?.toLowerCase();
    if (!config.anyHost && named !== host) {
      wrongDoors.count(named, host);
      const error = houseError("request.unknown-host");
      const { accept, "accept-language": language } = request.headers;
      if (request.ws || !isNavigation(request.method, accept)) throw error;
      reply.code(error.status).type("text/html; charset=utf-8").header("Cache-Control", "no-store");
      return reply.send(wrongDoorPage("RAADHUIS_URL", languageOf(language, locale)));
    }
    if (request.ws && !config.socket) throw houseError("request.not-found");
    const changes = request.ws || !reading.has(request.method);
    const given = request.headers.origin;
    if (changes && given !== origin) throw houseError("request.wrong-origin");
  });
}
