import type { Socket } from "node:net";
import { CLOSE_TOO_MANY, type ServerMessage, UNANSWERED_PINGS } from "@raadhuis/protocol/socket";
import type { RawData, WebSocket } from "ws";
import type { Spend } from "../http/allowance.ts";
import { Intake } from "../http/intake.ts";
import type { Log } from "../log.ts";

/** A close code of our own (RFC 6455, 7.4.2). */
const CLOSE_SLOW = 4408;
/** A page that does not take in what it is sent is closed at this many bytes; it comes back and catches up. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;
/** How long whoever is sent away may take to hear it. */
const LAST_WORD_MS = 5_000;
/** The same for whoever sends too much: nothing is read from them meanwhile. */
const FLOOD_LAST_WORD_MS = 1_000;

interface Options {
  /** What this page may send. */
  spend: Spend;
  log: Log;
  /** A message that was paid for. It may come when `onClosing` was called already. */
  onMessage(data: RawData, isBinary: boolean): void;
  /** Here the house begins to close, by whichever part of it: nothing more is sent. */
  onClosing(): void;
  /** It is closed, by whichever side. */
  onClosed(code: number): void;
}

/**
 * The wire to one page: pays for what comes in, bounds what waits to go out, sees whether anybody still answers, and
 * closes such that nobody can hold it open. Of what is said over it, it knows nothing (see connection.ts).
 */
export class PageSocket {
  readonly #socket: WebSocket;
  readonly #options: Options;
  readonly #intake: Intake;
  /** Pings that went out and were not answered. */
  #unanswered = 0;

  /** `connection`: what the socket reads from. */
  constructor(socket: WebSocket, connection: Socket, options: Options) {
    this.#socket = socket;
    this.#options = options;
    const { spend, log, onMessage, onClosed } = options;
    this.#intake = new Intake(socket, connection, { spend, onOver: () => this.closeFlooded() });
    socket.on("message", (data, isBinary) => {
      if (this.#intake.take({ messages: 1 })) onMessage(data, isBinary);
    });
    socket.on("pong", () => {
      // Nobody asked for it.
      if (this.#unanswered === 0) this.#intake.take({ messages: 1 });
      this.#unanswered = 0;
    });
    socket.on("error", (error) => log.info({ code: "code" in error ? error.code : error.name }, "socket error"));
    socket.on("close", (code) => onClosed(code));
  }

  send(message: ServerMessage): void {
    if (this.#isOpen) this.sendText(Buffer.from(JSON.stringify(message)));
  }

  /** The same for many pages, written once. */
  sendText(text: Buffer): void {
    if (!this.#isOpen) return;
    if (this.#socket.bufferedAmount > MAX_BACKLOG_BYTES) this.close(CLOSE_SLOW, "too slow");
    else this.#socket.send(text, { binary: false });
  }

  /** Asks whether anybody is there. `false`: nobody has answered for so long that it was given up. */
  ping(): boolean {
    // While somebody owes for what they sent nothing is read from them, their answers neither.
    if (this.#unanswered >= UNANSWERED_PINGS && !this.#socket.isPaused) {
      this.#socket.terminate();
      return false;
    }
    this.#unanswered++;
    this.#socket.ping();
    return true;
  }

  /** Whoever does not answer the close, or never takes in what was sent before it, holds the socket no longer than this. */
  close(code: number, reason: string, lastWordMs = LAST_WORD_MS): void {
    this.#options.onClosing();
    this.#socket.close(code, reason);
    const end = setTimeout(() => this.#socket.terminate(), lastWordMs);
    this.#socket.once("close", () => clearTimeout(end));
  }

  /** Told once, and not at each message. */
  closeFlooded(): void {
    this.#options.log.warn("a page was put out for sending too much");
    this.close(CLOSE_TOO_MANY, "request.too-many", FLOOD_LAST_WORD_MS);
  }

  /** At once and without a word. */
  end(): void {
    this.#options.onClosing();
    this.#socket.terminate();
  }

  /** From `close` or `end` on it is not, nor when the page itself has begun to close. */
  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }
}
