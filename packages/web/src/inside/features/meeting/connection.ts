import type { CommandInput } from "@raadhuis/meeting";
import { CLOSE_TOO_MANY, type ClientMessage, type Line, PROTOCOL_VERSION, ServerMessage } from "@raadhuis/protocol";
import { pauseBefore } from "./backoff.ts";
import { type Folded, folded, Gap, nothing } from "./folded.ts";

export type Answer = { ok: true } | { ok: false; code: string };

export interface Snapshot extends Folded {
  /**
   * Whether the server is heard now; while `away` the page shows what it knew and keeps trying. `held`: the server has
   * put it out for sending too much, and it waits before it comes back.
   */
  link: "connecting" | "open" | "away" | "held";
}

/** Why a page does not try again. */
export type Ending = "seat.no-session" | "seat.removed" | "meeting.unknown" | "page.outdated";

/** What the server holds against whoever sends too much is forgiven in part by then, ms. */
const HELD_MS = 10_000;

interface Pending {
  message: ClientMessage;
  answer(result: Answer): void;
}

interface Options {
  /** Path of the socket on our own host. */
  path: string;
  /** After failures: may we still be here? A code ends the trying. */
  stillWelcome(): Promise<Ending | null>;
}

/**
 * A meeting as a page sees it: keeps the socket, folds what comes, repeats commands that were not answered.
 * Ids are random, and the server answers a repeated one without doing it twice.
 */
export class MeetingConnection {
  #options: Options;
  #socket: WebSocket | null = null;
  #snapshot: Snapshot = { ...nothing, link: "connecting" };
  #listeners = new Set<() => void>();
  #pending = new Map<string, Pending>();
  #attempt = 0;
  #line: Line | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(options: Options) {
    this.#options = options;
  }

  readonly snapshot = (): Snapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.#ended = false;
    this.#open();
    addEventListener("online", this.#retryNow);
  }

  stop(): void {
    this.#ended = true;
    removeEventListener("online", this.#retryNow);
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#socket = null;
  }

  /** Resolves when the server has answered, however often the socket was lost in between. */
  command(command: CommandInput): Promise<Answer> {
    const id = crypto.randomUUID();
    const message: ClientMessage = { type: "command", id, command };
    return new Promise((answer) => {
      this.#pending.set(id, { message, answer });
      this.#send(message);
    });
  }

  /** A fresh media ticket will come as part of the snapshot. */
  askTicket(): void {
    this.#send({ type: "ticket" });
  }

  /** How good our line is; said when it changes, and again to a server that is back. */
  tellLine(line: Line | null): void {
    if (line?.code === this.#line?.code && line?.light === this.#line?.light) return;
    this.#line = line;
    if (this.#snapshot.link === "open") this.#send({ type: "line", line });
  }

  #open(): void {
    clearTimeout(this.#timer);
    const url = new URL(this.#options.path, location.href.replace(/^http/, "ws"));
    const socket = new WebSocket(url);
    this.#socket = socket;
    let opened = false;
    socket.onopen = () => {
      opened = true;
      const since = this.#snapshot.out === null ? (this.#snapshot.state?.version ?? 0) : 0;
      this.#send({ type: "hello", protocol: PROTOCOL_VERSION, since });
    };
    socket.onmessage = ({ data }) => this.#hear(socket, data);
    socket.onclose = ({ code }) => this.#lost(socket, { opened, code });
  }

  #send(message: ClientMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #hear(socket: WebSocket, data: unknown): void {
    if (socket !== this.#socket || typeof data !== "string") return;
    try {
      const message = ServerMessage.parse(JSON.parse(data));
      if (message.type === "done") this.#answer(message.id, { ok: true });
      if (message.type === "refused" && message.id !== null)
        this.#answer(message.id, { ok: false, code: message.code });
      this.#become({ ...this.#snapshot, ...folded(this.#snapshot, message, Date.now()) });
      if (message.type === "welcome") this.#welcomed();
      if (message.type === "out") {
        if (message.code === "doors.closed") this.#welcomed();
        else this.#finish();
      }
    } catch (error) {
      if (error instanceof Gap) socket.close();
      else {
        console.error(error);
        this.#become({ ...this.#snapshot, out: "page.outdated" });
        this.#finish();
      }
    }
  }

  #welcomed(): void {
    this.#attempt = 0;
    this.#become({ ...this.#snapshot, link: "open" });
    for (const { message } of this.#pending.values()) this.#send(message);
    if (this.#line) this.#send({ type: "line", line: this.#line });
  }

  #answer(id: string, result: Answer): void {
    this.#pending.get(id)?.answer(result);
    this.#pending.delete(id);
  }

  #finish(): void {
    this.stop();
    for (const id of [...this.#pending.keys()]) this.#answer(id, { ok: false, code: "seat.no-session" });
  }

  #lost(socket: WebSocket, { opened, code }: { opened: boolean; code: number }): void {
    if (socket !== this.#socket || this.#ended) return;
    this.#socket = null;
    this.#attempt += 1;
    const held = code === CLOSE_TOO_MANY;
    this.#become({ ...this.#snapshot, link: held ? "held" : this.#snapshot.state ? "away" : "connecting" });
    const pause = held ? HELD_MS : pauseBefore(this.#attempt, Math.random());
    this.#timer = setTimeout(() => void this.#again(!opened), pause);
  }

  /** A browser does not say why a socket was refused: the session's own address does. */
  async #again(refused: boolean): Promise<void> {
    const ending = refused || this.#attempt > 1 ? await this.#options.stillWelcome() : null;
    if (this.#ended || this.#socket) return;
    if (ending === null) this.#open();
    else {
      this.#become({ ...this.#snapshot, out: ending });
      this.#finish();
    }
  }

  readonly #retryNow = () => {
    if (!this.#ended && !this.#socket && this.#snapshot.link !== "held") this.#open();
  };

  #become(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
