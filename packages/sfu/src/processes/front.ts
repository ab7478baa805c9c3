import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { callOf } from "../api/twirp.ts";
import type { Log } from "../base/log.ts";
import { againAfter, bodyOf, hostProblem, maxBodyBytes, pathOf, reply } from "../base/requests.ts";
import { ListedRooms } from "../debug/roomsPage.ts";
import { httpBounds, refuseUpgrade } from "../entry/httpBounds.ts";
import { debugRoomOf, roomsListPath, roomsPath, sendRooms } from "../entry/inside.ts";
import { tokenOf } from "../entry/join.ts";
import { type ApiKey, type Claims, joinTicketOf, verifyTicket } from "../ticket/ticket.ts";
import type { Carriers } from "./carriers.ts";
import { type Answer, ask, pass, tunnel, unavailable } from "./forward.ts";
import { mergeMetrics } from "./merge.ts";
import { ServiceCalls } from "./serviceCalls.ts";

/**
 * Where clients and the server API ask when there are several media processes: passes each socket and each call on to
 * the process that has its room. It holds nothing that it could not ask them again; no media comes this way.
 */
export function createFront(carriers: Carriers, api: ApiKey, log: Log): Server {
  const front = new Front(carriers, api);
  const server = createServer(httpBounds, (request, response) => {
    front.answer(request, response).catch((error: unknown) => {
      log.warn({ err: error }, "front.failed");
      if (!response.headersSent) reply(response, 503, "unavailable");
      else response.destroy();
    });
  });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    front.upgrade(request, socket, head).catch((error: unknown) => {
      log.warn({ err: error }, "front.failed");
      socket.destroy();
    });
  });
  return server;
}

class Front {
  readonly #carriers: Carriers;
  readonly #api: ApiKey;
  readonly #calls: ServiceCalls;

  constructor(carriers: Carriers, api: ApiKey) {
    this.#calls = new ServiceCalls(carriers);
    this.#carriers = carriers;
    this.#api = api;
  }

  /** A signalling socket. Whether its ticket is good is said by the process it gets to; a room is placed for good ones only. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const elsewhere = hostProblem(request);
    if (elsewhere) return refuseUpgrade(socket, elsewhere.status, elsewhere.message);
    const room = await this.#roomOfTicket(request);
    const use = room === null ? null : await this.#carriers.use(room);
    const carrier = use?.carrier ?? (room === null ? this.#carriers.attached[0] : undefined);
    if (!carrier || socket.destroyed) {
      use?.done();
      return refuseUpgrade(socket, 503);
    }
    await tunnel(carrier.ports.port, request, socket, head);
    use?.done();
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const elsewhere = hostProblem(request);
    if (elsewhere) return reply(response, elsewhere.status, elsewhere.message);
    const path = pathOf(request);
    if (request.method === "GET") {
      if (path === "/" || path === "/healthz") return reply(response, 200, "OK");
      if (path === "/readyz") return this.#readiness(response);
      if (path === "/metrics") return this.#metrics(request, response);
      if (path === roomsPath) return this.#rooms(request, response);
    }
    const called = callOf(path);
    const claims = called === null ? null : await this.#claims(request);
    if (called !== null && claims !== null && request.method === "POST")
      return this.#call(request, response, called, claims);
    const room = debugRoomOf(path) ?? (await this.#roomOfTicket(request));
    await this.#carriers.settled();
    const carrier = (room === null ? null : this.#carriers.holder(room)) ?? this.#carriers.attached[0];
    if (!carrier) return reply(response, 503, "unavailable");
    await pass(carrier.ports.port, request, response);
  }

  async #call(request: IncomingMessage, response: ServerResponse, name: string, claims: Claims): Promise<void> {
    const body = await bodyOf(request);
    if (body === null) {
      // The rest of it is not read.
      response.setHeader("connection", "close");
      return reply(response, 413, `Requests are at most ${maxBodyBytes} bytes.`);
    }
    send(response, await this.#calls.answer(request, name, body, claims));
  }

  #readiness(response: ServerResponse): void {
    if (this.#carriers.attached.length > 0) reply(response, 200, "OK");
    else reply(response, 503, "unavailable");
  }

  async #metrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { texts, first } = await this.#askAll(request, "/metrics");
    if (first.status !== 200) return send(response, first);
    response.writeHead(200, { "content-type": first.headers["content-type"] ?? "text/plain" });
    response.end(mergeMetrics(texts));
  }

  async #rooms(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { texts, first } = await this.#askAll(request, roomsListPath);
    if (first.status !== 200) return send(response, first);
    const rooms = texts.flatMap(({ process, text }) =>
      ListedRooms.parse(JSON.parse(text)).map((room) => ({ ...room, process })),
    );
    sendRooms(response, rooms);
  }

  /** What all processes answer, but those that refuse; and an answer that stands for all: good, unless there is none. */
  async #askAll(request: IncomingMessage, path: string) {
    const answers = await Promise.all(
      this.#carriers.attached.map(async (carrier) => ({
        process: carrier.number,
        answer: await ask(carrier, request, Buffer.of(), path),
      })),
    );
    const good = answers.filter(({ answer }) => answer.status === 200);
    return {
      texts: good.map(({ process, answer }) => ({ process, text: answer.body.toString() })),
      first: good[0]?.answer ?? answers[0]?.answer ?? unavailable,
    };
  }

  /** The room that this request's ticket opens; `null`: it has no good one. */
  async #roomOfTicket(request: IncomingMessage): Promise<string | null> {
    const claims = await this.#claims(request);
    return claims === null ? null : (joinTicketOf(claims)?.room ?? null);
  }

  async #claims(request: IncomingMessage): Promise<Claims | null> {
    const token = tokenOf(request);
    return token === null ? null : verifyTicket(token, this.#api);
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const type = headers["content-type"];
  response.writeHead(status, {
    ...(type === undefined ? {} : { "content-type": type }),
    "content-length": body.length,
    ...againAfter(status),
  });
  response.end(body);
}
