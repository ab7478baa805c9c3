import type { Right } from "@raadhuis/protocol/http";
import type { FastifyContextConfig, FastifyInstance, FastifyRequest, RouteOptions } from "fastify";
import type { SeatOfMeeting } from "../store/access.ts";
import type { Clerk } from "../store/house.ts";

/** Who turned out to ask, by the right that the route wants. `session`: hash of its secret. */
export interface Askers {
  anyone: object;
  clerk: { clerk: Clerk; session: string };
  seat: SeatOfMeeting & { session: string };
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may ask. `itself`: the route looks at what is brought (a media ticket). Each route says so, or the house does not start. */
    who?: Right | "itself";
  }
  interface FastifyRequest {
    asker: Askers[Right];
  }
}

/** Resolves to whoever has that right, or throws the refusal. */
export type Guards = { [Who in Exclude<Right, "anyone">]: (request: FastifyRequest) => Promise<Askers[Who]> };

const OFFICE = /^\/api\/office(?:[/?]|$)/;

/**
 * The one place where it is decided whether somebody may ask at all, before anything of a body is read. Below
 * `/api/office` whoever is no clerk is refused wherever nothing else is said, also where there is nothing.
 */
export function admitByRight(app: FastifyInstance, guards: Guards): void {
  app.decorateRequest("asker");
  const routes: RouteOptions[] = [];
  app.addHook("onRoute", (route) => void routes.push(route));
  app.addHook("onReady", async () => {
    const silent = routes.filter(({ config }) => config?.who === undefined);
    if (silent.length === 0) return;
    throw new Error(`It is not said who may ask: ${silent.map(({ method, url }) => `${method} ${url}`).join(", ")}`);
  });
  app.addHook("onRequest", async (request) => {
    const who = rightAt(request);
    request.asker = who === "clerk" || who === "seat" ? await guards[who](request) : {};
  });
}

function rightAt({ url, routeOptions: { url: route = "", config } }: FastifyRequest): FastifyContextConfig["who"] {
  // Also where the route is the one of the pages' files, which takes every address that is nobody else's.
  if (OFFICE.test(url) && !OFFICE.test(route)) return "clerk";
  // Only where there is no route does nobody say it.
  return config.who ?? "anyone";
}
