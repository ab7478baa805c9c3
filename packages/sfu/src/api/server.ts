import type { IncomingMessage, ServerResponse } from "node:http";
import { againAfter, bearerOf, bodyOf, maxBodyBytes } from "../base/requests.ts";
import type { Rooms } from "../room/rooms.ts";
import { type ApiKey, type Claims, verifyTicket } from "../ticket/ticket.ts";
import { roomService } from "./roomService.ts";
import { callOf, type Encodable, type MessageType, statusOf, type TwirpCode, TwirpError } from "./twirp.ts";

export const isTwirp = (pathname: string): boolean => pathname.startsWith("/twirp/");

/** Answers a call of the server API, in the encoding it came in. Nothing is read of those without a good ticket. */
export async function answerTwirp(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  rooms: Rooms,
  api: ApiKey,
): Promise<void> {
  try {
    const claims = await claimsOf(request, api);
    if (request.method !== "POST") throw new TwirpError("bad_route", "Only POST is allowed.");
    const method = roomService.get(callOf(pathname) ?? "");
    if (!method) throw new TwirpError("bad_route", "This server has no such service or call.");
    const binary = isBinary(request);
    const body = await bodyOf(request);
    if (body === null) throw new TwirpError("invalid_argument", `Requests are at most ${maxBodyBytes} bytes.`);
    const result = await method.call((type) => decode(type, body, binary), claims, rooms);
    send(response, result, binary);
  } catch (error) {
    if (!(error instanceof TwirpError)) throw error;
    fail(response, error.code, error.message);
  }
}

async function claimsOf(request: IncomingMessage, api: ApiKey): Promise<Claims> {
  const token = bearerOf(request);
  const claims = token === null ? null : await verifyTicket(token, api);
  if (claims === null) throw new TwirpError("unauthenticated", "The ticket is missing, expired or not ours.");
  return claims;
}

function isBinary(request: IncomingMessage): boolean {
  switch (request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase()) {
    case "application/protobuf":
      return true;
    case "application/json":
      return false;
    default:
      throw new TwirpError("bad_route", "unexpected Content-Type");
  }
}

function decode<T>(type: MessageType<T>, body: Buffer, binary: boolean): T {
  try {
    return binary ? type.fromBinary(body) : type.fromJsonString(body.toString(), { ignoreUnknownFields: true });
  } catch {
    throw new TwirpError("malformed", "The request could not be read.");
  }
}

function send(response: ServerResponse, result: Encodable, binary: boolean): void {
  response.writeHead(200, { "content-type": binary ? "application/protobuf" : "application/json" });
  // Fields as LiveKit writes them here, in the words of the .proto; its clients read both.
  response.end(binary ? result.toBinary() : result.toJsonString({ emitDefaultValues: true, useProtoFieldName: true }));
}

function fail(response: ServerResponse, code: TwirpCode, message: string): void {
  const status = statusOf[code];
  response.writeHead(status, { "content-type": "application/json", connection: "close", ...againAfter(status) });
  response.end(JSON.stringify({ code, msg: message }));
}
