import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { DeleteRoomRequest } from "@livekit/protocol";
import { z } from "zod";
import type { Log } from "../base/log.ts";
import { ListedRooms } from "../debug/roomsPage.ts";
import { httpBounds, refuseUpgrade } from "../entry/httpBounds.ts";
import { debugRoomOf, roomsListPath, roomsPath, sendRooms } from "../entry/inside.ts";
import { tokenOf } from "../entry/join.ts";
import { type ApiKey, type Claims, joinTicketOf, verifyTicket } from "../ticket/ticket.ts";
import type { CarrierLink } from "./carrierLink.ts";
import type { Carriers } from "./carriers.ts";
import { type Answer, call, pass, tunnel } from "./forward.ts";
import { mergeMetrics, mergeRooms } from "./merge.ts";

const maxBodyBytes = 1024 * 1024;
const ownHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;
const twirpPath = /^\/twirp\/livekit\.RoomService\/([A-Za-z]{1,40})$/;
/** What every process is to know, whichever has the room: that it is deleted, that somebody's tickets are taken back. */
const toldToAll = new Set(["DeleteRoom", "RemoveParticipant"]);

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

  constructor(carriers: Carriers, api: ApiKey) {
    this.#carriers = carriers;
    this.#api = api;
  }

  /** A signalling socket. Whether its ticket is good is said by the process it gets to; a room is placed for good ones only. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (!isOwnHost(request)) return refuseUpgrade(socket, 421);
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
    if (!isOwnHost(request)) return reply(response, 421, "request.unknown-host");
    const path = pathOf(request);
    if (request.method === "GET") {
      if (path === "/" || path === "/healthz") return reply(response, 200, "OK");
      if (path === "/readyz") return this.#readiness(response);
      if (path === "/metrics") return this.#metrics(request, response);
      if (path === roomsPath) return this.#rooms(request, response);
    }
    const called = twirpPath.exec(path)?.[1];
    const claims = called === undefined ? null : await this.#claims(request);
    if (called !== undefined && claims !== null && request.method === "POST")
      return this.#call(request, response, called, claims);
    const room = debugRoomOf(path) ?? (await this.#roomOfTicket(request));
    await this.#carriers.settled();
    const carrier = (room === null ? null : this.#carriers.holder(room)) ?? this.#carriers.attached[0];
    if (!carrier) return reply(response, 503, "unavailable");
    await pass(carrier.ports.port, request, response);
  }

  async #call(request: IncomingMessage, response: ServerResponse, name: string, claims: Claims): Promise<void> {
    const body = await bodyOf(request);
    if (body === null) return reply(response, 413, `Requests are at most ${maxBodyBytes} bytes.`);
    const room = roomOf(request, body);
    const use =
      name === "CreateRoom" && claims.video.roomCreate && room !== null ? await this.#carriers.use(room) : null;
    try {
      const settled = await this.#carriers.settled();
      const holder = use?.carrier ?? (room === null ? null : this.#carriers.holder(room));
      const all = settled ? this.#carriers.attached : [];
      const answer =
        name === "ListRooms"
          ? mergeRooms(await Promise.all(all.map((carrier) => ask(carrier, request, body))))
          : toldToAll.has(name)
            ? bestOf(
                await Promise.all(all.map((carrier) => ask(carrier, request, body))),
                all.indexOf(holder ?? all[0]!),
              )
            : await askFirst(holder ?? all[0], request, body);
      send(response, answer ?? unavailable);
    } finally {
      use?.done();
    }
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
    return token === null ? null : verifyTicket(token, this.#api, 10);
  }
}

const unavailable: Answer = {
  status: 503,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify({ code: "unavailable", msg: "No media process answers." })),
};

const ask = (carrier: CarrierLink, request: IncomingMessage, body: Buffer, path?: string): Promise<Answer> =>
  call(carrier.ports.port, request, body, path).catch(() => unavailable);

const askFirst = async (carrier: CarrierLink | undefined, request: IncomingMessage, body: Buffer) =>
  carrier ? ask(carrier, request, body) : null;

/** Of what all said to the same call: who did it; else who has the room. */
const bestOf = (answers: readonly Answer[], holder: number): Answer | null =>
  answers.find(({ status }) => status === 200) ?? answers[holder] ?? null;

const Named = z.object({ room: z.string().optional(), name: z.string().optional() });

/** The room that a call of RoomService is about: in all of its requests the first field, `room` or `name`. */
function roomOf(request: IncomingMessage, body: Buffer): string | null {
  try {
    if (request.headers["content-type"]?.startsWith("application/protobuf"))
      return DeleteRoomRequest.fromBinary(body).room || null;
    const { room, name } = Named.parse(JSON.parse(body.toString()));
    return room || name || null;
  } catch {
    return null;
  }
}

/** `null`: it is too long. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxBodyBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const type = headers["content-type"];
  response.writeHead(status, {
    ...(type === undefined ? {} : { "content-type": type }),
    "content-length": body.length,
  });
  response.end(body);
}

function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" });
  response.end(text);
}

const isOwnHost = ({ headers }: IncomingMessage): boolean => ownHost.test(headers.host ?? "");

const pathOf = (request: IncomingMessage): string => (request.url ?? "").split("?")[0] ?? "";
