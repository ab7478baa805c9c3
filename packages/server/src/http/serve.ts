import type { Route, SocketRoute } from "@raadhuis/protocol/http";
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from "fastify";
import { z } from "zod";
import type { Askers } from "./rights.ts";
import { type Subject, subjectOf } from "./subject.ts";

type Part<R, Name extends string> = R extends Record<Name, z.ZodType> ? z.output<R[Name]> : undefined;

/** What is asked there, parsed, and by whom. */
export type Asked<R extends Route | SocketRoute> = {
  params: Part<R, "params">;
  query: Part<R, "query">;
  body: Part<R, "body">;
} & Askers[R["who"]];

export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
  /** It turns out to be about this account or seat, whatever the answer will be. */
  about(subject: Subject): void;
}

type Answer<R extends Route> = R["answer"] extends z.ZodType ? Promise<z.input<R["answer"]>> : Promise<void>;

export type Handlers<Routes extends Record<string, Route>> = {
  [Name in keyof Routes]: (asked: Asked<Routes[Name]>, exchange: Exchange) => Answer<Routes[Name]>;
};

type InTrail<Routes> = { [Name in keyof Routes]?: FastifyContextConfig["trail"] };

/** Answers a group of the table of routes, all of it. `trail`: what of it is in the trail of access. */
export function serve<const Routes extends Record<string, Route>>(
  app: FastifyInstance,
  routes: Routes,
  handlers: Handlers<Routes>,
  trail: InTrail<Routes> = {},
): void {
  for (const [name, route] of Object.entries(routes)) {
    // What Fastify hands over was parsed by this route's own shapes and right; its types cannot say so of a table.
    const handle = handlers[name] as (asked: object, exchange: Exchange) => Promise<unknown>;
    app.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(route),
      ...(route.maxBytes === undefined ? {} : { bodyLimit: route.maxBytes }),
      config: { who: route.who, ...(trail[name] ? { trail: trail[name] } : {}) },
      handler: async (request, reply) => {
        const { params, query, body, asker } = request;
        request.subject = subjectOf(asker, params);
        const about = (subject: Subject) => {
          request.subject = { ...request.subject, ...subject };
        };
        const answer = await handle({ params, query, body, ...asker }, { request, reply, about });
        return route.answer ? answer : reply.code(204).send(null);
      },
    });
  }
}

const schemaOf = ({ params, query, body, answer }: Route): FastifySchema => ({
  ...(params ? { params } : {}),
  ...(query ? { querystring: query } : {}),
  ...(body ? { body } : {}),
  response: answer ? { 200: answer } : { 204: z.null() },
});
