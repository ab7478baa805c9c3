import {
  type AnyCode,
  ErrorBody,
  messageOf,
  type Route,
  refusalsOf,
  type SocketRoute,
  statusOf,
} from "@raadhuis/protocol/http";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { OFFICE_COOKIE, seatCookieName } from "./cookies.ts";

type Groups = Readonly<Record<string, Readonly<Record<string, Route | SocketRoute>>>>;

/** The API as OpenAPI 3.1 describes one, from the table that it is served from. `url`: the chamber's origin. */
export function openApiOf(groups: Groups, url: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const [group, routes] of Object.entries(groups))
    for (const [name, route] of Object.entries(routes)) {
      const path = route.path.replace(/:(\w+)/g, "{$1}");
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, { group, name }) };
    }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Raadhuis",
      version: "0",
      description:
        "What the chamber and the office answer over HTTP. Whatever changes something must bring the chamber's own origin as Origin. Every answer of status 400 and above is an ErrorBody with a stable code; those of 429 and 503 say by Retry-After when to come again.",
    },
    servers: [{ url }],
    paths,
    components: {
      schemas: { ErrorBody },
      securitySchemes: {
        clerk: {
          type: "apiKey",
          in: "cookie",
          name: OFFICE_COOKIE,
          description: "Set by signing in; sent below /api/office.",
        },
        seat: {
          type: "apiKey",
          in: "cookie",
          name: seatCookieName("<seat>"),
          description: "Set by opening a personal link; one for each seat, sent below /api/seats/<seat>.",
        },
      },
    },
  });
}

function operationOf(route: Route | SocketRoute, { group, name }: { group: string; name: string }) {
  const operation: ZodOpenApiOperationObject = {
    operationId: `${group}.${name}`,
    tags: [group],
    summary: route.does,
    security: route.who === "anyone" ? [] : [{ [route.who]: [] }],
    requestParams: {
      ...(route.params ? { path: route.params } : {}),
      ...("query" in route && route.query ? { query: route.query } : {}),
    },
    responses: { ...doneOf(route), ...refusedOf(route) },
  };
  if ("body" in route && route.body)
    operation.requestBody = { required: true, content: { "application/json": { schema: route.body } } };
  return operation;
}

function doneOf(route: Route | SocketRoute): ZodOpenApiOperationObject["responses"] {
  if ("socket" in route) return { 101: { description: "A WebSocket: messages as docs/protocol.md has them." } };
  if (!route.answer) return { 204: { description: "Done." } };
  return { 200: { description: "Done.", content: { "application/json": { schema: route.answer } } } };
}

/** By status, each with its codes. */
function refusedOf(route: Route | SocketRoute): ZodOpenApiOperationObject["responses"] {
  const byStatus = Map.groupBy(refusalsOf(route), statusOf);
  const worded = (code: AnyCode) => `\`${code}\`: ${messageOf(code)}`;
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      { description: codes.map(worded).join("\n\n"), content: { "application/json": { schema: ErrorBody } } },
    ]),
  );
}
