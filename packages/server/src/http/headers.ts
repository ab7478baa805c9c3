import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import helmet from "helmet";

/** What the pages may do: nothing leaves for another host. 'self' in connect-src holds for sockets too (CSP 3). */
const directives = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", "data:", "blob:"],
  mediaSrc: ["'self'", "blob:"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'", "blob:"],
  fontSrc: ["'self'"],
  manifestSrc: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
};

/** The same for every answer, so they are made once, for those too that no route gives. */
export function securityHeaders({ secure }: { secure: boolean }): Readonly<Record<string, string>> {
  const set = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: "deny" },
  });
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  set(request, response, (problem) => {
    if (problem) throw problem;
  });
  const made = Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)] as const);
  return {
    ...Object.fromEntries(made),
    "permissions-policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
  };
}

export function addSecurityHeaders(app: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers(headers);
  });
  app.addHook("onSend", async ({ url, routeOptions: { url: route = "" } }, reply) => {
    // By the route, too: its address may be written with escapes, or with a host in front.
    if (isOfTheMoment(url) || isOfTheMoment(route)) reply.header("Cache-Control", "no-store");
  });
}

/** Answers of the API and of the media server's door: nobody on their way keeps them. */
const isOfTheMoment = (path: string): boolean => /^\/(api|rtc)(\/|$|\?)/.test(path);
