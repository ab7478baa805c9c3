import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { roomService } from "./api/roomService.ts";
import { type Encodable, type MessageType, statusOf, type TwirpCode, TwirpError } from "./api/twirp.ts";
import { joinWishesOf, tokenOf } from "./join.ts";
import type { Log } from "./log.ts";
import type { Rooms } from "./rooms.ts";
import { maxOfferBytes } from "./session.ts";
import { type ApiKey, type Claims, joinTicketOf, type Ticket, verifyTicket } from "./ticket.ts";
import { visit } from "./visit.ts";

const maxBodyBytes = 64 * 1024;
/** A page somewhere else whose name was made to lead here (DNS rebinding) sends that name. */
const ownHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;
const twirpPath = /^\/twirp\/livekit\.RoomService\/([A-Za-z]{1,40})$/;

/**
 * LiveKit's HTTP: `/rtc/v1` (signalling), `/rtc/validate`, the server API under `/twirp`, and the house's health.
 * `/rtc`, with its two peer connections, is not here: clients are told 404.
 */
export function createHttp(rooms: Rooms, api: ApiKey, log: Log): Server {
  // A join request carries the first offer in its address.
  const server = createServer({ maxHeaderSize: 128 * 1024 }, (request, response) => {
    answer(request, response, rooms, api).catch((error: unknown) => {
      log.error({ err: error }, "http.failed");
      if (!response.headersSent) reply(response, 500, "internal");
    });
  });
  // Above the limit of the largest offer, the socket is closed with 1009.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxOfferBytes + 1024, perMessageDeflate: false });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    admit(request, rooms, api)
      .then((admitted) => {
        if ("status" in admitted) return refuseUpgrade(socket, admitted.status, admitted.message);
        sockets.handleUpgrade(request, socket, head, (opened) =>
          visit(opened, admitted.ticket, admitted.wishes, rooms, api, log),
        );
      })
      .catch((error: unknown) => {
        log.error({ err: error }, "upgrade.failed");
        socket.destroy();
      });
  });
  return server;
}

interface Refused {
  status: number;
  message: string;
}

async function ticketOf(request: IncomingMessage, rooms: Rooms, api: ApiKey): Promise<Ticket | Refused> {
  const token = tokenOf(request);
  if (token === null) return { status: 401, message: "ticket.missing" };
  const claims = await verifyTicket(token, api);
  const ticket = claims && joinTicketOf(claims);
  if (!ticket) return { status: 401, message: "ticket.invalid" };
  const named = new URLSearchParams(request.url?.split("?")[1]).get("room");
  if (named !== null && named !== "" && named !== ticket.room) return { status: 401, message: "ticket.wrong-room" };
  return rooms.isRevoked(ticket) ? { status: 401, message: "ticket.revoked" } : ticket;
}

async function admit(request: IncomingMessage, rooms: Rooms, api: ApiKey) {
  if (!isOwnHost(request)) return { status: 421, message: "request.unknown-host" };
  if (pathOf(request) !== "/rtc/v1") return { status: 404, message: "not found" };
  const ticket = await ticketOf(request, rooms, api);
  if ("status" in ticket) return ticket;
  const wishes = joinWishesOf(request);
  return wishes === null ? { status: 400, message: "join.malformed" } : { ticket, wishes };
}

async function answer(request: IncomingMessage, response: ServerResponse, rooms: Rooms, api: ApiKey): Promise<void> {
  if (!isOwnHost(request)) return reply(response, 421, "request.unknown-host");
  const path = pathOf(request);
  const called = twirpPath.exec(path)?.[1];
  if (called !== undefined && request.method === "POST") return twirp(request, response, called, rooms, api);
  if (request.method !== "GET") return reply(response, 404, "not found");
  if (path === "/" || path === "/healthz" || path === "/readyz") return reply(response, 200, "OK");
  if (path === "/rtc/validate" || path === "/rtc/v1/validate") {
    const ticket = await ticketOf(request, rooms, api);
    return "status" in ticket ? reply(response, ticket.status, ticket.message) : reply(response, 200, "success");
  }
  reply(response, 404, "not found");
}

async function twirp(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  rooms: Rooms,
  api: ApiKey,
): Promise<void> {
  try {
    const claims = await claimsOf(request, api);
    const known = Object.hasOwn(roomService, name) ? roomService[name] : undefined;
    if (!known) throw new TwirpError("unimplemented", `This server has no ${name}.`);
    const binary = request.headers["content-type"]?.startsWith("application/protobuf") ?? false;
    const body = await bodyOf(request);
    const result = known.call((type) => decode(type, body, binary), claims, rooms);
    send(response, result, binary);
  } catch (error) {
    if (!(error instanceof TwirpError)) throw error;
    fail(response, error.code, error.message);
  }
}

async function claimsOf(request: IncomingMessage, api: ApiKey): Promise<Claims> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  // The server API is spoken across machines: allow for their clocks.
  const claims = token === undefined ? null : await verifyTicket(token, api, 10);
  if (claims === null) throw new TwirpError("unauthenticated", "The ticket is missing, expired or not ours.");
  return claims;
}

function decode<T>(type: MessageType<T>, body: Buffer, binary: boolean): T {
  try {
    return binary ? type.fromBinary(body) : type.fromJsonString(body.toString(), { ignoreUnknownFields: true });
  } catch {
    throw new TwirpError("malformed", "The request could not be read.");
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxBodyBytes) throw new TwirpError("invalid_argument", `Requests are at most ${maxBodyBytes} bytes.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, result: Encodable, binary: boolean): void {
  response.writeHead(200, { "content-type": binary ? "application/protobuf" : "application/json" });
  response.end(binary ? result.toBinary() : result.toJsonString());
}

function fail(response: ServerResponse, code: TwirpCode, message: string): void {
  response.writeHead(statusOf[code], { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ code, msg: message }));
}

function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}

function refuseUpgrade(socket: Duplex, status: number, message: string): void {
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: text/plain\r\ncontent-length: ${message.length}\r\nconnection: close\r\n\r\n${message}`,
  );
}

const isOwnHost = ({ headers }: IncomingMessage): boolean => ownHost.test(headers.host ?? "");

const pathOf = (request: IncomingMessage): string => (request.url ?? "").split("?")[0] ?? "";
