import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** A web server that takes files, well or not. */
export class PutServer {
  readonly files = new Map<string, Buffer>();
  /** Names in the order in which they were taken. */
  readonly taken: string[] = [];
  readonly removed: string[] = [];
  trouble: "none" | "refuses" | "hangs" = "none";
  /** Requests that came while there was trouble. */
  troubled = 0;
  #server: Server | null = null;
  #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  async start(): Promise<this> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }

  get segments(): string[] {
    return this.taken.filter((name) => name.endsWith(".m4s"));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray().catch(() => []));
    if (this.trouble !== "none") this.troubled++;
    if (this.trouble === "hangs") return;
    if (this.trouble === "refuses") return void response.writeHead(503).end();
    const name = (request.url ?? "/").slice(1);
    if (request.method === "PUT") {
      this.files.set(name, body);
      this.taken.push(name);
    }
    if (request.method === "DELETE" && this.files.delete(name)) this.removed.push(name);
    response.end(request.method === "GET" ? [...this.files.keys()].join("\n") : "");
  }
}
