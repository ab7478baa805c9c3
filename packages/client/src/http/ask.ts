import { ErrorBody, type Route, type SocketRoute } from "@raadhuis/protocol/http";
import type { z } from "zod";
import type { Result } from "./result.ts";

/** A request on its way. `path` begins with `/api/`; `body` is JSON. */
export interface ApiRequest {
  method: Route["method"];
  path: string;
  body: string | undefined;
  /** Aborts it. */
  signal: AbortSignal;
}

/** What carries requests to the house, with the cookies that it has set. Rejects when nothing came back. */
export type Send = (request: ApiRequest) => Promise<Response>;

type Part<R, Name extends string> = R extends Record<Name, z.ZodType> ? { [Key in Name]: z.input<R[Name]> } : object;

/** What is to be said with a request: those of `params`, `query` and `body` that its route has. */
export type Said<R> = Part<R, "params"> & Part<R, "query"> & Part<R, "body">;

/** What comes back, parsed; `undefined` of a route that answers nothing. */
export type AnswerOf<R> = R extends { answer: z.ZodType } ? z.output<R["answer"]> : undefined;

/** An unanswered question ends after so long, ms; whoever asked says so. */
const PATIENCE_MS = 20_000;

export interface Options {
  patienceMs?: number;
}

/** Asks one route and parses its answer. Never rejects. */
export type Ask = <R extends Route>(route: R, said: Said<R>, options?: Options) => Promise<Result<AnswerOf<R>>>;

interface Parts {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

export const askBy =
  (send: Send): Ask =>
  async <R extends Route>(
    route: R,
    said: Said<R>,
    { patienceMs = PATIENCE_MS }: Options = {},
  ): Promise<Result<AnswerOf<R>>> => {
    const { params = {}, query = {}, body }: Parts = said;
    try {
      const response = await send({
        method: route.method,
        path: pathTo(route, params) + queryOf(query),
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(patienceMs),
      });
      const json: unknown = response.status === 204 ? undefined : await response.json();
      if (!response.ok) return refused(response, json);
      const answer = route.answer?.safeParse(json);
      if (answer && !answer.success) return { ok: false, code: "page.outdated" };
      return { ok: true, value: answer?.data as AnswerOf<R> };
    } catch {
      return { ok: false, code: "house.failed" };
    }
  };

/** The address of a route, with what stands in it. Throws RangeError on what would lead out of it. */
export const pathTo = (
  { path }: Pick<Route | SocketRoute, "path">,
  params: Readonly<Record<string, string>> = {},
): string => path.replace(/:(\w+)/g, (_, name: string) => partOf(params[name] ?? ""));

/** Two dots, however they are written, are the folder above. */
function partOf(value: string): string {
  if (/^\.{0,2}$/.test(value)) throw new RangeError(`"${value}" is no part of an address.`);
  return encodeURIComponent(value);
}

function queryOf(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}

function refused({ headers }: Response, json: unknown): Result<never> {
  const error = ErrorBody.safeParse(json);
  const { code, at } = error.success ? error.data : { code: "house.failed", at: undefined };
  return { ok: false, code, wait: waitOf(headers), ...(at ? { at } : {}) };
}

/** Retry-After in seconds (RFC 9110, 10.2.3); the house sends no dates. */
function waitOf(headers: Headers): number | null {
  const seconds = headers.get("retry-after") ?? "";
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) : null;
}
