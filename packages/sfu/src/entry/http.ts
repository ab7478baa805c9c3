import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { JoinRequest } from "@livekit/protocol";
import { admissionHeader, isAdmitted } from "@raadhuis/protocol/admission";
import { WebSocketServer } from "ws";
import { answerTwirp, isTwirp } from "../api/server.ts";
import { hostProblem, pathOf, reply } from "../base/requests.ts";
import { maxBufferedChunks, maxFragments, maxMessageBytes } from "../session/bulk.ts";
import { change, excessOf } from "../signal/metadata.ts";
import { joinTicketOf, readTicket, type Ticket } from "../ticket/ticket.ts";
import { httpBounds, refuseUpgrade } from "./httpBounds.ts";
import { type Inside, isInside } from "./inside.ts";
import { joinWishesOf, tokenOf } from "./join.ts";
import { type Premises, visit } from "./visit.ts";

/**
 * LiveKit's HTTP: `/rtc/v1` and `/rtc` (signalling), their `validate`, the server API under `/twirp`, and the house's
 * health. `inside`: what is for those at this machine.
 */
export function createHttp(premises: Premises, inside: Inside): Server {
  const { log } = premises;
  const server = createServer(httpBounds, (request, response) => {
    answer(request, response, premises, inside).catch((error: unknown) => {
      log.error({ err: error }, "http.failed");
      if (!response.headersSent) reply(response, 500, "internal");
    });
  });
  // Above the limit of the largest message, the socket is closed with 1009.
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    maxFragments,
    maxBufferedChunks,
    perMessageDeflate: false,
    // Counted before they are answered: session.ts.
    autoPong: false,
  });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    admit(request, premises)
      .then((admitted) => {
        if ("status" in admitted) return refuseUpgrade(socket, admitted.status, admitted.message);
        sockets.handleUpgrade(request, socket, head, (opened) =>
          visit(opened, admitted.ticket, admitted.wishes, premises),
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

async function ticketOf(
  request: IncomingMessage,
  { rooms, api, admissionSecret }: Premises,
): Promise<Ticket | Refused> {
  const token = tokenOf(request);
  if (token === null) return { status: 401, message: "ticket.missing" };
  const claims = await readTicket(token, api);
  if (typeof claims === "string") return { status: 401, message: claims };
  const ticket = joinTicketOf(claims);
  if (!ticket) return { status: 401, message: "ticket.invalid" };
  if (admissionSecret !== null && !isLetIn(request, token, ticket, admissionSecret))
    return { status: 401, message: "ticket.not-admitted" };
  const named = new URLSearchParams(request.url?.split("?")[1]).get("room");
  if (named !== null && named !== "" && named !== ticket.room) return { status: 401, message: "ticket.wrong-room" };
  return rooms.revocations.covers(ticket) ? { status: 401, message: "ticket.revoked" } : ticket;
}

/**
 * Seats come by the chamber alone, which says so of each. The broadcast comes by itself: no seat is ever given a ticket
 * of somebody who is hidden and records.
 */
function isLetIn({ headers }: IncomingMessage, token: string, { rights }: Ticket, secret: string): boolean {
  return (rights.hidden && rights.recorder) || isAdmitted(secret, token, String(headers[admissionHeader] ?? ""));
}

async function admit(request: IncomingMessage, premises: Premises) {
  const elsewhere = hostProblem(request);
  if (elsewhere) return elsewhere;
  const path = pathOf(request);
  if (path !== "/rtc/v1" && path !== "/rtc") return { status: 404, message: "not found" };
  const ticket = await ticketOf(request, premises);
  if ("status" in ticket) return ticket;
  const wishes = joinWishesOf(request, path);
  if (wishes === null) return { status: 400, message: "join.malformed" };
  const refused = describeAnew(ticket, wishes.request);
  return refused ?? { ticket, wishes };
}

/** What a client says of itself when it joins goes before what its ticket says, where it may change that. */
function describeAnew(ticket: Ticket, { metadata, participantAttributes }: JoinRequest): Refused | null {
  const said = Object.entries(participantAttributes).filter(([, value]) => value !== "");
  if (metadata === "" && said.length === 0) return null;
  if (!ticket.rights.canUpdateMetadata) return { status: 401, message: "metadata.not-allowed" };
  const changes = { name: "", metadata, attributes: Object.fromEntries(said) };
  if (excessOf(ticket, changes) !== null) return { status: 400, message: "metadata.too-large" };
  change(ticket, changes);
  return null;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  premises: Premises,
  inside: Inside,
): Promise<void> {
  const elsewhere = hostProblem(request);
  if (elsewhere) return reply(response, elsewhere.status, elsewhere.message);
  const path = pathOf(request);
  if (isTwirp(path)) return answerTwirp(request, response, path, premises.rooms, premises.api);
  if (isValidate(path)) return answerValidate(request, response, path, premises);
  if (request.method !== "GET") return reply(response, 404, "not found");
  if (isInside(path)) return inside(request, response, path);
  if (path === "/" || path === "/healthz" || path === "/readyz") return reply(response, 200, "OK");
  reply(response, 404, "not found");
}

const isValidate = (path: string): boolean => path === "/rtc/validate" || path === "/rtc/v1/validate";

/**
 * Pages of any origin may ask, as they may open the socket: what opens a room is the ticket, which no browser adds by
 * itself. Whoever may not read the answer takes a refused ticket for a server that is away, and tries again.
 */
const anyOrigin = { "access-control-allow-origin": "*", "access-control-expose-headers": "*" };
const preflight = {
  ...anyOrigin,
  "access-control-allow-methods": "GET",
  "access-control-allow-headers": "authorization, *",
  "access-control-max-age": "86400",
};

/** Whether a ticket would open the socket, without opening it. */
async function answerValidate(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  premises: Premises,
): Promise<void> {
  if (request.method === "OPTIONS") {
    response.writeHead(204, preflight).end();
    return;
  }
  for (const [name, value] of Object.entries(anyOrigin)) response.setHeader(name, value);
  if (request.method !== "GET") return reply(response, 404, "not found");
  const ticket = await ticketOf(request, premises);
  if ("status" in ticket) return reply(response, ticket.status, ticket.message);
  if (joinWishesOf(request, path.replace("/validate", "")) === null) return reply(response, 400, "join.malformed");
  reply(response, 200, "success");
}
