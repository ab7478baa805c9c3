import { type Route, routes } from "@raadhuis/protocol/http";
import type { AnswerOf, Ask, Options, Said } from "./ask.ts";
import type { Result } from "./result.ts";

type Call<R> = keyof Said<R> extends never
  ? (said?: Record<string, never>, options?: Options) => Promise<Result<AnswerOf<R>>>
  : (said: Said<R>, options?: Options) => Promise<Result<AnswerOf<R>>>;

type Group<Routes> = { readonly [Name in keyof Routes]: Call<Routes[Name]> };

/** The chamber's HTTP API: a function for each route, by the names of the table. */
export type Client = { readonly [Name in keyof typeof routes]: Group<(typeof routes)[Name]> };

/** `client.people.change({ params: { person }, body })`. */
export function clientOf(ask: Ask): Client {
  const group = (table: Readonly<Record<string, Route>>) =>
    mapped(
      table,
      (route) =>
        (said: object = {}, options?: Options) =>
          ask(route, said, options),
    );
  return mapped(routes, group) as Client;
}

const mapped = <From, To>(table: Readonly<Record<string, From>>, to: (from: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name, to(value)]));
