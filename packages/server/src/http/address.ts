import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** Whether nobody is there any more: a connection that was reset has no address, before it is known to be closed. */
export const isGone = ({ destroyed, remoteAddress }: Socket): boolean => destroyed || remoteAddress === undefined;

/**
 * A request's `ip` is what it was when the request came: whoever resets the connection afterwards is counted and noted
 * by it all the same. Whoever has gone already wants no answer.
 */
export function keepAddress(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    if (isGone(request.raw.socket)) return reply.hijack();
    Object.defineProperty(request, "ip", { value: request.ip });
  });
}
