import type { CommandInput } from "@raadhuis/meeting";
import {
  CLOSE_LEFT,
  CLOSE_TOO_MANY,
  type ClientMessage,
  type Line,
  PROTOCOL_VERSION,
  ServerMessage,
  SILENCE_MS,
} from "@raadhuis/protocol/socket";
import { pauseBefore } from "./backoff.ts";
import { type Folded, folded, nothing } from "./folded.ts";
import { lastNumbers } from "./streamed.ts";
import { type Answer, Unanswered } from "./unanswered.ts";

export interface Snapshot extends Folded {
  /**
   * Whether the server is heard now; while `away` the page shows what it knew and keeps trying. `held`: the server has
   * put it out for sending too much, and it waits before it comes back.
   */
  link: "connecting" | "open" | "away" | "held";
  /** A command has waited for its answer for longer than anybody expects. */
  slow: boolean;
}

/** Why a page does not try again. */
export type Ending = "seat.no-session" | "seat.removed" | "meeting.unknown" | "page.outdated";

/** What the server holds against whoever sends too much is forgiven in part by then, ms. */
const HELD_MS = 10_000;

/** A socket that is not open by then, ms, is given up: lost packets of its beginning were sent again after 1 s and 3 s. */
const CONNECT_MS = 3_500;

/** May we still be here? An ending ends the trying. `unreachable`: nobody answered. */
export type Welcome = "welcome" | "unreachable" | Ending;

/** A WebSocket, as far as a connection needs one: a browser's and that of `ws` are such. */
export interface Socket {
  /** CONNECTING, OPEN, CLOSING, CLOSED: 0 to 3. */
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
  addEventListener(type: "open", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { code: number }) => void): void;
}
const CONNECTING = 0;
const OPEN = 1;

/** What shows from outside that a line is worth a look. */
export interface WakeUps {
  /** There is a network again: perhaps another one than before. */
  online(): void;
  /** Somebody looks at the page again. */
  looked(): void;
}

/** What a browser's page and a program do each in their own way. */
export interface Surroundings {
  /** A new socket of this meeting's, on its way to being open. Of one that fails it hears `close` alone. */
  open(): Socket;
  /** Asked after failures; answers within some seconds. */
  stillWelcome(): Promise<Welcome>;
  /** Tells of wake-ups until what it gives back is called. */
  listen?(wakeUps: WakeUps): () => void;
  /** Takes what could not be read, or not be folded. */
  report?(error: unknown): void;
}

/**
 * A meeting as a page sees it: keeps the socket, folds what comes, repeats commands that were not answered.
 * Ids are random, and the server answers a repeated one without doing it twice.
 */
export class MeetingConnection {
  readonly #around: Surroundings;
  #socket: Socket | null = null;
  #snapshot: Snapshot = { ...nothing, link: "connecting", slow: false };
  #listeners = new Set<() => void>();
  #unanswered = new Unanswered(() => this.#become({ ...this.#snapshot, slow: this.#unanswered.slow }));
  #attempt = 0;
  #triedAt = 0;
  #heardAt = 0;
  #line: Line | null = null;
  #entered = false;
  /** Until the next try. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Until the line is taken for dead. */
  #silence: ReturnType<typeof setTimeout> | undefined;
  #ended = false;
  #listenNoMore: (() => void) | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  readonly snapshot = (): Snapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.#ended = false;
    this.#open();
    this.#listenNoMore?.();
    this.#listenNoMore = this.#around.listen?.({ online: () => this.#online(), looked: () => this.#looked() });
  }

  /** After its session was over and there is one again: goes on with what it knew. */
  again(): void {
    this.#attempt = 0;
    this.#become({ ...this.#snapshot, out: null, link: this.#snapshot.state ? "away" : "connecting" });
    this.start();
  }

  stop(): void {
    this.#end();
  }

  /** The person leaves, and the server need not wait for them to come back. */
  leave(): void {
    this.#end(CLOSE_LEFT);
  }

  #end(code?: number): void {
    this.#ended = true;
    this.#listenNoMore?.();
    this.#listenNoMore = undefined;
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#socket?.close(code);
    this.#socket = null;
  }

  /**
   * Resolves when the server has answered, however often the socket was lost in between, or when it has not for so long
   * that the command is given back.
   */
  command(command: CommandInput): Promise<Answer> {
    const id = crypto.randomUUID();
    const message: ClientMessage = { type: "command", id, command };
    const answered = this.#unanswered.add(id, message);
    this.#send(message);
    return answered;
  }

  /** The person goes from the lobby into the chamber; a server that is back hears so again. A media ticket comes. */
  enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    if (this.#snapshot.link === "open") this.#send({ type: "enter" });
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
    this.#triedAt = Date.now();
    const socket = this.#around.open();
    this.#socket = socket;
    let opened = false;
    this.#giveUpIn(CONNECT_MS);
    socket.addEventListener("open", () => {
      opened = true;
      this.#giveUpIn(SILENCE_MS);
      const { out, state, from } = this.#snapshot;
      const known = out === null && state && from ? { from, since: state.version } : { since: 0 };
      const streams = lastNumbers(this.#snapshot.streams);
      this.#send({ type: "hello", protocol: PROTOCOL_VERSION, ...known, streams });
    });
    socket.addEventListener("message", ({ data }) => this.#hear(socket, data));
    socket.addEventListener("close", ({ code }) => this.#lost(socket, { opened, code }));
  }

  #send(message: ClientMessage): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(message));
  }

  #hear(socket: Socket, data: unknown): void {
    if (socket !== this.#socket || typeof data !== "string") return;
    this.#heardAt = Date.now();
    this.#giveUpIn(SILENCE_MS);
    try {
      const message = ServerMessage.parse(JSON.parse(data));
      if (message.type === "done") this.#unanswered.answer(message.id, { ok: true });
      if (message.type === "refused" && message.id !== null)
        this.#unanswered.answer(message.id, { ok: false, code: message.code });
      const after = folded(this.#snapshot, message, Date.now());
      if (after !== this.#snapshot) this.#become({ ...this.#snapshot, ...after });
      if (message.type === "welcome") this.#welcomed();
      if (message.type === "out") {
        if (message.code === "doors.closed") this.#welcomed();
        else this.#finish();
      }
    } catch (error) {
      this.#around.report?.(error);
      this.#become({ ...this.#snapshot, out: "page.outdated" });
      this.#finish();
    }
  }

  #welcomed(): void {
    this.#attempt = 0;
    this.#become({ ...this.#snapshot, link: "open" });
    if (this.#entered) this.#send({ type: "enter" });
    for (const message of this.#unanswered.messages()) this.#send(message);
    if (this.#line) this.#send({ type: "line", line: this.#line });
  }

  #finish(): void {
    this.stop();
    this.#unanswered.answerAll({ ok: false, code: "seat.no-session" });
  }

  #giveUpIn(ms: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#giveUp(), ms);
  }

  /** A browser says that a socket is closed only when the other end has agreed, or after many seconds. */
  #giveUp(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#lost(socket, { opened: socket.readyState !== CONNECTING, code: 1006 });
    socket.close();
  }

  #lost(socket: Socket, { opened, code }: { opened: boolean; code: number }): void {
    if (socket !== this.#socket || this.#ended) return;
    this.#socket = null;
    clearTimeout(this.#silence);
    const held = code === CLOSE_TOO_MANY;
    this.#become({ ...this.#snapshot, link: held ? "held" : this.#snapshot.state ? "away" : "connecting" });
    this.#tryLater(held ? HELD_MS : 0, !opened);
  }

  /** After a pause that runs from the last try: one that took long in failing is followed by the next soon. */
  #tryLater(atLeast: number, refused: boolean): void {
    this.#attempt += 1;
    const dice = Math.random();
    const left = pauseBefore(this.#attempt, dice) - (Date.now() - this.#triedAt);
    const pause = Math.max(atLeast, pauseBefore(1, dice), left);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tryAgain(refused), pause);
  }

  /**
   * A browser does not say why a socket was refused: the session's own address does. It also shows that the line is
   * there: browsers let a page wait for several seconds with its next socket after many that failed (Chromium's
   * WebSocketPerProcessThrottler), so none is tried before.
   */
  async #tryAgain(refused: boolean): Promise<void> {
    this.#triedAt = Date.now();
    const welcome = refused || this.#attempt > 1 ? await this.#around.stillWelcome() : "welcome";
    if (this.#ended || this.#socket) return;
    if (welcome === "welcome") this.#open();
    else if (welcome === "unreachable") this.#tryLater(0, true);
    else {
      this.#become({ ...this.#snapshot, out: welcome });
      this.#finish();
    }
  }

  /** On another network than before nothing comes over the old socket any more. */
  #online(): void {
    if (this.#snapshot.link === "held") return;
    this.#giveUp();
    if (!this.#ended) this.#open();
  }

  /** A page that nobody looked at may have been asleep. */
  #looked(): void {
    if (Date.now() - Math.max(this.#heardAt, this.#triedAt) > SILENCE_MS) this.#online();
  }

  #become(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
