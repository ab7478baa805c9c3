import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type HouseError, houseError } from "../errors.ts";

type Headers = Readonly<Record<string, string>>;

/** How long whoever is refused so may take to hear it. */
const LAST_WORD_MS = 1_000;

const typeOf = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };

/** An address that cannot be decoded, or with a part that is too long: answered before any hook, and without repeating it. */
export function answerUndecodable(response: ServerResponse, headers: Headers): void {
  const error = houseError("request.malformed");
  response.writeHead(error.status, { ...headers, ...typeOf });
  response.end(JSON.stringify(error.body()));
}

const statuses: Record<string, { line: string; error: HouseError }> = {
  HPE_HEADER_OVERFLOW: { line: "431 Request Header Fields Too Large", error: houseError("request.too-large") },
  ERR_HTTP_REQUEST_TIMEOUT: { line: "408 Request Timeout", error: houseError("request.malformed") },
};
const malformed = { line: "400 Bad Request", error: houseError("request.malformed") };

/** What Node cannot read as a request, or not in time: there is no response to write to, and the connection ends. */
export function answerUnreadable({ code = "" }: { code?: string }, socket: Socket, headers: Headers): void {
  // Browsers open connections that they may use later: an answer to what was never asked would be taken for the next one's.
  const isSilent = code === "ERR_HTTP_REQUEST_TIMEOUT" && socket.bytesRead === 0;
  if (code === "ECONNRESET" || isSilent || !socket.writable) {
    socket.destroy();
    return;
  }
  const { line, error } = statuses[code] ?? malformed;
  const body = JSON.stringify(error.body());
  const all = { ...headers, ...typeOf, "content-length": String(Buffer.byteLength(body)), connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${line}\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
  const end = setTimeout(() => socket.destroy(), LAST_WORD_MS).unref();
  socket.once("close", () => clearTimeout(end));
}
