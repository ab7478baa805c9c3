import type { Duplex } from "node:stream";

/** How long whoever is refused so may take to hear it, ms. */
const LAST_WORD_MS = 1_000;

const lines: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** What Node cannot read as a request, or not in time: there is no response to write to, and the connection ends. */
export function refuseUnreadable(error: Error, socket: Duplex, headers: Readonly<Record<string, string>>): void {
  const code = "code" in error ? error.code : undefined;
  // Browsers open connections that they may use later: an answer to what was never asked would be taken for the next one's.
  const isSilent = code === "ERR_HTTP_REQUEST_TIMEOUT" && "bytesRead" in socket && socket.bytesRead === 0;
  if (code === "ECONNRESET" || isSilent || !socket.writable) {
    socket.destroy();
    return;
  }
  const line = lines[typeof code === "string" ? code : ""] ?? "400 Bad Request";
  const all = { ...headers, "Content-Length": "0", Connection: "close" };
  const written = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${line}\r\n${written.join("\r\n")}\r\n\r\n`);
  const end = setTimeout(() => socket.destroy(), LAST_WORD_MS).unref();
  socket.once("close", () => clearTimeout(end));
}
