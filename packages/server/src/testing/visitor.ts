import { askBy, type Client, clientOf, orThrow, pathTo } from "@raadhuis/client";
import { Jar } from "@raadhuis/client/node";
import {
  type AnyCode,
  ErrorBody,
  partsOfSeatLink,
  type Route,
  refusalsOf,
  routes,
  sockets,
} from "@raadhuis/protocol/http";
import { PROTOCOL_VERSION } from "@raadhuis/protocol/socket";
import { WebSocket } from "ws";
import { Line, type Place } from "./line.ts";

export interface Answer {
  status: number;
  body: unknown;
  headers: Headers;
}

interface OpenOptions {
  origin?: string;
  /** What an earlier socket of this page had folded. */
  known?: Place;
  /** The last numbers that this page has, by stream and audience. */
  streams?: Record<string, number>;
  hello?: boolean;
  /** For a seat: goes on into the chamber. */
  enter?: boolean;
  headers?: Record<string, string>;
}

/** One browser at the chamber's door: keeps cookies by their path, sends the Origin a page would. */
export class Visitor {
  readonly url: string;
  /** Aborts requests: the browser goes. */
  signal: AbortSignal | undefined;
  readonly #always: Record<string, string>;
  readonly #jar = new Jar();
  readonly #lines = new Map<string, string>();
  /** The API by its table. `get`, `post` and `send` are for whatever no client of ours would say. */
  readonly api: Client;

  /** `always`: headers that every request brings, as those a proxy sets. */
  constructor(url: string, always: Record<string, string> = {}) {
    this.url = url;
    this.#always = always;
    this.api = clientOf(
      askBy(({ method, path, body, signal }) => this.#fetch(method, path, body, { origin: url }, signal)),
    );
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask("GET", path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask("POST", path, body, { origin: this.url, ...headers });
  }

  async send(method: "PUT" | "DELETE", path: string, body?: unknown): Promise<Answer> {
    return this.#ask(method, path, body, { origin: this.url });
  }

  cookies(path: string): string {
    return this.#jar.for(path);
  }

  /** Set-Cookie lines as they came, by name. */
  cookieLine(name: string): string | undefined {
    return this.#lines.get(name);
  }

  /** Opens a personal link as its page does, and says whose seat it is. */
  async redeem(link: string): Promise<string> {
    return orThrow(await this.api.seats.redeem({ body: partsOfSeatLink(link) })).seat;
  }

  /** A meeting's socket. `hello`: false to send nothing by itself; `enter`: false to stay in the lobby. */
  async open(
    path: string,
    {
      origin = this.url,
      known = { since: 0 },
      streams = {},
      hello = true,
      enter = hello,
      headers = {},
    }: OpenOptions = {},
  ): Promise<Line> {
    const socket = new WebSocket(this.url.replace(/^http/, "ws") + path, {
      headers: { cookie: this.cookies(path), ...(origin === "" ? {} : { origin }), ...headers },
    });
    const line = new Line(socket, known);
    await line.opened;
    if (hello) line.say({ type: "hello", protocol: PROTOCOL_VERSION, ...known, streams });
    if (enter && path.startsWith("/api/seats/")) line.say({ type: "enter" });
    return line;
  }

  async sit(link: string): Promise<Line> {
    const seat = await this.redeem(link);
    return this.open(pathTo(sockets.seat, { seat }));
  }

  async #ask(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const reply = await this.#fetch(method, path, text, headers, this.signal);
    const answer = await reply.text();
    const json = reply.headers.get("content-type")?.includes("json") && answer !== "";
    return { status: reply.status, body: json ? JSON.parse(answer) : answer, headers: reply.headers };
  }

  async #fetch(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string>,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const reply = await fetch(this.url + path, {
      method,
      ...(signal ? { signal } : {}),
      redirect: "manual",
      headers: {
        cookie: this.cookies(path),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
        ...this.#always,
      },
      ...(body === undefined ? {} : { body }),
    });
    this.#jar.keep(reply.headers);
    for (const line of reply.headers.getSetCookie()) this.#lines.set(line.slice(0, line.indexOf("=")), line);
    if (!reply.ok) await mustBeToldOf(method, path, reply.clone());
    return reply;
  }
}

const everyRoute: Route[] = Object.values(routes).flatMap((group) => Object.values<Route>(group));

/** A refusal that the table of routes does not name is a fault of the house's. */
async function mustBeToldOf(method: string, path: string, reply: Response): Promise<void> {
  const [address = ""] = path.split("?");
  const route = everyRoute.find(
    (one) => one.method === method && new RegExp(`^${one.path.replace(/:\w+/g, "[^/]+")}$`).test(address),
  );
  const { data } = ErrorBody.safeParse(await reply.json().catch(() => null));
  if (!route || !data) return;
  const known: readonly string[] = refusalsOf(route) satisfies AnyCode[];
  if (!known.includes(data.code)) throw new Error(`${method} ${route.path} is not said to refuse by ${data.code}`);
}
