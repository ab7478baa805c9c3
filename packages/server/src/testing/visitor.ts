import { askBy, type Client, clientOf, pathTo, type Result } from "@raadhuis/client";
import { Jar } from "@raadhuis/client/node";
import type { MeetingState } from "@raadhuis/meeting";
import { type AnyCode, ErrorBody, type Route, refusalsOf, routes, sockets } from "@raadhuis/protocol/http";
import { type MediaTicket, PROTOCOL_VERSION, ServerMessage } from "@raadhuis/protocol/socket";
import { WebSocket } from "ws";
import { z } from "zod";

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
    const url = new URL(link);
    const [meeting = ""] = url.pathname.split("/").slice(-1);
    return granted(await this.api.seats.redeem({ body: { meeting, secret: url.hash.slice(1) } })).seat;
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

/** What came of asking; a refusal is an error where a test counts on an answer. */
export function granted<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result)}`);
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

/** Up to where a page has folded: by its own count, which began there. */
export interface Place {
  from?: string;
  since: number;
}

type Kind = ServerMessage["type"];
type Message<K extends Kind> = Extract<ServerMessage, { type: K }>;

/** The server's answer to an upgrade it refuses. */
export class NotUpgraded extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

/** A meeting's socket that remembers what it heard and lets a test wait for what is to come. */
export class Line {
  readonly heard: ServerMessage[] = [];
  readonly opened: Promise<void>;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  readonly socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  #place: Place = { since: 0 };
  #over = false;

  constructor(socket: WebSocket, known: Place = { since: 0 }) {
    this.#place = known;
    this.socket = socket;
    const opened = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<number>();
    this.opened = opened.promise;
    this.closed = closed.promise;
    socket.on("open", opened.resolve);
    socket.on("error", opened.reject);
    socket.on("unexpected-response", (_request, response) => {
      let text = "";
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () => opened.reject(new NotUpgraded(response.statusCode ?? 0, JSON.parse(text))));
    });
    const wakeAll = () => {
      for (const wake of this.#waiting) wake();
    };
    socket.on("close", (code) => {
      this.#over = true;
      closed.resolve(code);
      wakeAll();
    });
    socket.on("message", (data) => {
      const message = ServerMessage.parse(JSON.parse(String(data)));
      this.#count(message);
      this.heard.push(message);
      wakeAll();
    });
  }

  /** Up to where this page has folded by now. */
  get place(): Place {
    return this.#place;
  }

  #count(message: ServerMessage): void {
    if (message.type === "events") this.#place = { ...this.#place, since: this.#place.since + message.events.length };
    if (message.type !== "welcome") return;
    const since = message.state === undefined ? this.#place.since + (message.events?.length ?? 0) : 1;
    this.#place = { from: message.from, since };
  }

  say(message: unknown): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** The first message of this kind, heard already or yet to come, that fits; it is taken off the list. */
  next<K extends Kind>(kind: K, fits: (message: Message<K>) => boolean = () => true): Promise<Message<K>> {
    return this.#first(kind, (message): message is Message<K> => isKind(message, kind) && fits(message));
  }

  /** For the room that is shown. */
  async ticket(fits: (ticket: MediaTicket) => boolean = () => true): Promise<MediaTicket> {
    const { tickets } = await this.next("media", ({ tickets: [ticket] }) => ticket !== undefined && fits(ticket));
    return tickets[0]!;
  }

  /** The events of a type, when one of it comes. */
  async event(type: string): Promise<z.infer<typeof heardEvent>> {
    const has = (message: Message<"events">) => message.events.some((event) => heardEvent.parse(event).type === type);
    const { events } = await this.next("events", has);
    const found = events.map((event) => heardEvent.parse(event)).find((event) => event.type === type);
    if (!found) throw new Error("unreachable");
    return found;
  }

  /** Sends a command and waits for its answer. */
  async command(
    command: { type: string; [field: string]: unknown },
    { id = crypto.randomUUID(), version }: { id?: string; version?: number } = {},
  ): Promise<Message<"done"> | Message<"refused">> {
    this.say({ type: "command", id, command, ...(version === undefined ? {} : { version }) });
    return this.#answer(id, command.type);
  }

  /** Says something to an audience, by its key as pages have it, and waits for the answer. */
  async append(
    key: string,
    body: object,
    { id = crypto.randomUUID(), after }: { id?: string; after?: number } = {},
  ): Promise<Message<"done"> | Message<"refused">> {
    const [stream, audience] = key.split("/");
    this.say({ type: "append", id, stream, audience, body, ...(after === undefined ? {} : { after }) });
    return this.#answer(id, key);
  }

  #answer(id: string, to: string): Promise<Message<"done"> | Message<"refused">> {
    return this.#first(
      `answer to ${to}`,
      (message): message is Message<"done"> | Message<"refused"> =>
        (message.type === "done" || message.type === "refused") && message.id === id,
    );
  }

  /** The state in the first welcome. */
  async welcome(): Promise<MeetingState> {
    const { state } = await this.next("welcome");
    if (!state) throw new Error("It was not the whole that came.");
    return state;
  }

  async #first<M extends ServerMessage>(what: string, is: (message: ServerMessage) => message is M): Promise<M> {
    // Whatever else comes meanwhile, the wait has an end; what comes after the socket's end is nothing.
    const end = Date.now() + 45_000;
    for (;;) {
      const index = this.heard.findIndex(is);
      const found = this.heard[index];
      if (found && is(found)) {
        this.heard.splice(index, 1);
        return found;
      }
      if (this.#over || Date.now() >= end)
        throw new Error(`No ${what} came; heard ${JSON.stringify(this.heard.map(({ type }) => type))}`);
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          this.#waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, end - Date.now());
        this.#waiting.add(wake);
      });
    }
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

const isKind = <K extends Kind>(message: ServerMessage, kind: K): message is Message<K> => message.type === kind;

const heardEvent = z.looseObject({
  type: z.string(),
  structure: z.record(z.string(), z.unknown()),
});
