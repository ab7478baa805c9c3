import type { RequestListener } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { houseError } from "../errors.ts";
import { isGone } from "./address.ts";
import { Budgets, type Rate } from "./budgets.ts";
import type { Known } from "./known.ts";
import { networkOf } from "./networks.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Told of each session that is found living. */
    known: Pick<Known, "see">;
  }
}

/**
 * Requests of one network, whoever they are of: a whole council behind one address that loads its pages at once is below
 * this. Beyond it answers come late, and further on there are none.
 */
const requestRate: Rate = { burst: 5_000, perSecond: 200 };
/** Of one session, where its network has no more: a page asks a few times when it comes, and then hardly. */
const ownRate: Rate = { burst: 60, perSecond: 2 };
/** Whoever waits holds a connection, of which there is a bounded number. */
const MAX_PAUSE_MS = 2_000;

interface PaceOptions {
  known: Known;
  /** The session that a request brings, whether it lives or not; none where it brings none. */
  sessionOf(request: FastifyRequest): Promise<string | undefined>;
  /** The house's name: requests for another are refused anyway, and use up nothing of what their network has here. */
  host: string;
  rate?: Rate;
  now?: () => number;
  /** Passes so many ms. */
  wait?: (ms: number) => Promise<unknown>;
}

/**
 * Strangers of one network wait for each other, and are refused in the end; whoever has a session is not, for what others
 * of their network do.
 */
export function paceRequests(
  app: FastifyInstance,
  { known, sessionOf, host, rate = requestRate, now, wait = (ms) => pause(ms) }: PaceOptions,
): void {
  const budgets = new Budgets(rate, now);
  const own = new Budgets(ownRate, now);
  app.decorate("known", known);
  app.addHook("onRequest", async (request, reply) => {
    const { ip, raw } = request;
    const network = networkOf(ip);
    const here = raw.headers.host?.toLowerCase() === host;
    const { waitMs, taken } = budgets.take(here ? network : `elsewhere ${network}`, 1, MAX_PAUSE_MS);
    if (waitMs === 0) return;
    const session = here ? await sessionOf(request) : undefined;
    if (session && (await known.has(session, network)) && own.take(session, 1, 0).taken) return;
    await wait(Math.min(waitMs, MAX_PAUSE_MS));
    // Whoever did not wait for the answer wants none; the house itself may have been closed meanwhile.
    if (isGone(raw.socket)) return reply.hijack();
    if (!taken) throw houseError("request.too-many", { retryAfterMs: Math.max(0, waitMs - MAX_PAUSE_MS) });
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
    // The rest of a packet whose connection was ended, or reset.
    if (isGone(socket)) {
      socket.destroy();
      return;
    }
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
