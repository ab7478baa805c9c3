import { once } from "node:events";
import { ServerMessage as Message, PROTOCOL_VERSION, type ServerMessage } from "@raadhuis/protocol/socket";
import { WebSocket } from "ws";

/** A seat's page, as far as the server can tell: it counts what it folds and does not fold it. */
export class Page {
  readonly #url: string;
  readonly #seat: string;
  readonly #cookie: string;
  #socket: WebSocket | undefined;
  #known: { from?: string; since: number } = { since: 0 };
  /** When each message of events came, ms of the monotonic clock. */
  readonly heardAt: number[] = [];

  private constructor(url: string, seat: string, cookie: string) {
    this.#url = url;
    this.#seat = seat;
    this.#cookie = cookie;
  }

  static async redeem(url: string, meeting: string, { seat, secret }: { seat: string; secret: string }): Promise<Page> {
    const answer = await fetch(`${url}/api/seats/redeem`, {
      method: "POST",
      headers: { origin: url, "content-type": "application/json" },
      body: JSON.stringify({ meeting, secret }),
    });
    if (!answer.ok) throw new Error(`A link was refused: ${answer.status} ${await answer.text()}`);
    const [cookie = ""] = (answer.headers.getSetCookie()[0] ?? "").split(";");
    return new Page(url, seat, cookie);
  }

  /** Comes, or comes back from where it was. Resolves when it was welcomed. */
  async come(): Promise<void> {
    const socket = new WebSocket(`${this.#url.replace(/^http/, "ws")}/api/seats/${this.#seat}/socket`, {
      headers: { cookie: this.#cookie, origin: this.#url },
      perMessageDeflate: false,
    });
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
