import type { MeetingState } from "@raadhuis/meeting";
import { type MediaTicket, ServerMessage } from "@raadhuis/protocol/socket";
import type { WebSocket } from "ws";
import { z } from "zod";

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
