import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Cost, Spend } from "./allowance.ts";

/** A read of the connection costs as much as some bytes do, however few it brings. */
const READ_BYTES = 512;
/** No sooner is it looked whether something is still owed: many sockets may owe together, and each that looks takes time. */
const SHORTEST_PAUSE_MS = 50;

/**
 * What one socket takes in, paid from its owner's allowance: bytes are counted where the connection brings them, so that
 * frames which never become a message are paid for too. While something is owed nothing is read; whoever sends on and on
 * is over it, once and for all.
 */
export class Intake {
  readonly #socket: WebSocket;
  readonly #spend: Spend;
  readonly #onOver: () => void;
  #resume: NodeJS.Timeout | undefined;
  #over = false;

  /** `connection`: what the socket reads from. */
  constructor(socket: WebSocket, connection: Socket, { spend, onOver }: { spend: Spend; onOver: () => void }) {
    this.#socket = socket;
    this.#spend = spend;
    this.#onOver = onOver;
    // Before the socket itself reads it.
    connection.prependListener("data", ({ length }: Buffer) => this.take({ bytes: length + READ_BYTES }));
    socket.on("ping", (data) => {
      if (this.take({ messages: 1 })) socket.pong(data);
    });
    socket.on("close", () => clearTimeout(this.#resume));
  }

  /** Whether what came is to be looked at. */
  take(cost: Cost): boolean {
    if (this.#over) return false;
    const { waitMs, over } = this.#spend(cost);
    if (over) {
      this.#over = true;
      clearTimeout(this.#resume);
      this.#socket.pause();
      this.#onOver();
    } else if (waitMs > 0) this.#pause(waitMs);
    return !over;
  }

  #pause(ms: number): void {
    clearTimeout(this.#resume);
    this.#socket.pause();
    this.#resume = setTimeout(
      () => {
        // Other sockets of the same owner may have spent meanwhile.
        const { waitMs, over } = this.#spend({});
        if (waitMs > 0 && !over) this.#pause(waitMs);
        else this.#socket.resume();
      },
      Math.max(ms, SHORTEST_PAUSE_MS),
    );
  }
}
