import { type TrailKind, TrailResult } from "@raadhuis/protocol/http";
import type { FastifyInstance } from "fastify";
import { networkOf } from "../http/networks.ts";
import type { Trail } from "./trail.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What an answer of this route is in the trail of access; `only` such answers, where not all of them are in it. */
    trail?: { kind: TrailKind | ((body: unknown) => TrailKind); only?: "done" | "failed" };
  }
}

/** Refused before anybody looked at what they brought. */
const notTried: readonly TrailResult[] = [
  "request.malformed",
  "request.too-large",
  "request.wrong-origin",
  "request.unknown-host",
  "request.not-found",
];

/**
 * Notes the outcome of each route that says in its `config` what it is in the trail. When the answer is sent, not when
 * it has arrived: whoever guesses and hangs up is noted, too.
 */
export function noteAccess(app: FastifyInstance, trail: Trail): void {
  app.addHook("onSend", async (request, reply) => {
    const { trail: asked } = request.routeOptions.config;
    if (!asked) return;
    const done = reply.statusCode < 400;
    const result: TrailResult | undefined = done ? "done" : TrailResult.safeParse(request.refused).data;
    if (result === undefined || notTried.includes(result)) return;
    if (asked.only && (asked.only === "done") !== done) return;
    const kind = typeof asked.kind === "function" ? asked.kind(request.body) : asked.kind;
    trail.note({ kind, result, network: networkOf(request.ip), ...request.subject });
  });
}
