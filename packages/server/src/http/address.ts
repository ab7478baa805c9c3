import type { Socket } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { isAddress } from "./networks.ts";

/** Whether nobody is there any more: a connection that was reset has no address, before it is known to be closed. */
export const isGone = ({ destroyed, remoteAddress }: Socket): boolean => destroyed || remoteAddress === undefined;

/**
 * A request's `ip` is what it was when the request came: whoever resets the connection afterwards is counted and noted
 * by it all the same. Whoever has gone already wants no answer.
 */
export function keepAddress(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    if (isGone(request.raw.socket)) return reply.hijack();
    Object.defineProperty(request, "ip", { value: addressOf(request) });
  });
}

/**
 * Behind a trusted proxy the far end of X-Forwarded-For is what somebody typed: what is no address there is nobody's, and
 * would be kept and shown at any length. Then it is whoever passed it on.
 */
const addressOf = ({ ip, ips }: FastifyRequest): string => ips?.findLast(isAddress) ?? ip;
