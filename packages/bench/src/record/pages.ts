import { once } from "node:events";
import { askBy, clientOf, orThrow, pathTo } from "@raadhuis/client";
import { Visit } from "@raadhuis/client/node";
import { sockets } from "@raadhuis/protocol/http";
import { ServerMessage as Message, PROTOCOL_VERSION, type ServerMessage } from "@raadhuis/protocol/socket";
import type { WebSocket } from "ws";

/**
 * A seat's page, as far as the server can tell. It is no MeetingConnection, as 300 of them share a thread here: it counts
 * what a page would fold, so that what is measured is the server and not the folding of 300 pages one after another; and
 * it comes when it is told to, all of them at once, where a page waits for a moment by dice.
 */
export class Page {
  readonly #visit: Visit;
  readonly #path: string;
  #socket: WebSocket | undefined;
  #known: { from?: string; since: number } = { since: 0 };
  /** When each message of events came, ms of the monotonic clock. */
  readonly heardAt: number[] = [];

  private constructor(visit: Visit, path: string) {
    this.#visit = visit;
    this.#path = path;
  }

  static async redeem(url: string, meeting: string, { secret }: { secret: string }): Promise<Page> {
    const visit = new Visit(url);
    const { seat } = orThrow(await clientOf(askBy(visit.send)).seats.redeem({ body: { meeting, secret } }));
    return new Page(visit, pathTo(sockets.seat, { seat }));
  }

  /** Comes, or comes back from where it was. Resolves when it was welcomed. */
  async come(): Promise<void> {
    const socket = this.#visit.socket(this.#path);
    this.#socket = socket;
    await once(socket, "open");
    const welcomed = Promise.withResolvers<void>();
    socket.on("message", (data) => {
      const message = Message.parse(JSON.parse(String(data)));
      this.#count(message);
      if (message.type === "welcome") welcomed.resolve();
    });
    socket.on("close", (code) => welcomed.reject(new Error(`A page was closed by ${code}.`)));
    this.#say({ type: "hello", protocol: PROTOCOL_VERSION, ...this.#known });
    this.#say({ type: "enter" });
    await welcomed.promise;
  }

  /** The line is gone, without a word. */
  drop(): void {
    this.#socket?.removeAllListeners("close");
    this.#socket?.terminate();
  }

  command(command: { type: string; [field: string]: unknown }): void {
    this.#say({ type: "command", id: crypto.randomUUID(), command });
  }

  #count(message: ServerMessage): void {
    if (message.type === "welcome")
      this.#known = {
        from: message.from,
        since: message.state === undefined ? this.#known.since + (message.events?.length ?? 0) : 1,
      };
    if (message.type !== "events") return;
    this.#known = { ...this.#known, since: this.#known.since + message.events.length };
    this.heardAt.push(performance.now());
  }

  #say(message: object): void {
    this.#socket?.send(JSON.stringify(message));
  }
}
