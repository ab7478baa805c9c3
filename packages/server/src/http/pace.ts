import type { RequestListener } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { houseError } from "../errors.ts";
import type { Budgets, Rate } from "./budgets.ts";
import { networkOf } from "./networks.ts";

/**
 * Requests of one network, whoever they are of: a whole council behind one address that loads its pages at once is below
 * this. Beyond it answers come late, and further on there are none.
 */
export const requestRate: Rate = { burst: 5_000, perSecond: 200 };
const MAX_PAUSE_MS = 2_000;

/** Whoever waits holds a connection, of which there is a bounded number. `wait`: passes so many ms. */
export function paceRequests(
  app: FastifyInstance,
  budgets: Budgets,
  wait: (ms: number) => Promise<unknown> = (ms) => pause(ms),
): void {
  app.addHook("onRequest", async ({ ip, raw }, reply) => {
    // Whoever has gone has no address any more, and wants no answer.
    if (raw.socket.destroyed) return reply.hijack();
    const { waitMs } = budgets.spend(networkOf(ip), 1);
    if (waitMs === 0) return;
    await wait(Math.min(waitMs, MAX_PAUSE_MS));
    if (waitMs > MAX_PAUSE_MS) throw houseError("request.too-many", { retryAfterMs: waitMs - MAX_PAUSE_MS });
  });
}

/**
 * Requests that one connection may have open at once. Browsers and proxies send the next when they have the answer to the
 * last; whoever does not (RFC 9112, 9.3.2, lets them) has hundreds in one packet, which are all begun before anything else
 * is done.
 */
const MAX_OPEN = 8;

/** Ends connections with too many. */
export function boundPipelining(answer: RequestListener): RequestListener {
  const open = new WeakMap<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    // The rest of a packet whose connection was ended.
    if (socket.destroyed) return;
    const count = (open.get(socket) ?? 0) + 1;
    if (count > MAX_OPEN) {
      socket.destroy();
      return;
    }
    open.set(socket, count);
    response.once("close", () => open.set(socket, (open.get(socket) ?? 1) - 1));
    answer(request, response);
  };
}
