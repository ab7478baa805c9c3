import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse, request as send } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { againAfter } from "../base/requests.ts";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** No call of the server API takes longer, ms. */
const answerMs = 30_000;

/** How long somebody may take to read the last words of one who has gone, ms. */
const lastWordsMs = 2000;

/** Headers that are about one connection and not about what it carries (RFC 9110, 7.6.1), and lengths that Node writes anew. */
const hopByHop = new Set(["connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade"]);

const passedOn = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));

/** What is said for a process that says nothing. */
export const unavailable: Answer = {
  status: 503,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify({ code: "unavailable", msg: "No media process answers." })),
};

/** Asks a media process the same with this body, and gives its whole answer; `unavailable` when it gives none. */
export const ask = (
  to: { ports: { port: number } },
  request: IncomingMessage,
  body: Buffer,
  path?: string,
): Promise<Answer> => call(to.ports.port, request, body, path).catch(() => unavailable);

/** Rejects when there is no answer. */
function call(port: number, request: IncomingMessage, body: Buffer, path = request.url): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, headers } = request;
    const asked = send(
      { host: "127.0.0.1", port, method, path, headers: { ...passedOn(headers), "content-length": body.length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 502, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    asked.setTimeout(answerMs, () => asked.destroy(new Error("No answer in time.")));
    asked.on("error", reject);
    asked.end(body);
  });
}

/** Passes a request on to a process, and its answer back, piece by piece. Resolves when that is over. */
export function pass(port: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const { method, url, headers } = request;
    const asked = send({ host: "127.0.0.1", port, method, path: url, headers: passedOn(headers) }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, passedOn(answer.headers));
      answer.pipe(response);
    });
    asked.setTimeout(answerMs, () => asked.destroy(new Error("No answer in time.")));
    asked.on("error", () => {
      if (!response.headersSent) response.writeHead(503, againAfter(503));
      response.end();
    });
    response.on("close", () => {
      asked.destroy();
      resolve();
    });
    request.pipe(asked);
  });
}

/** Joins a socket that asks for an upgrade to a process, for as long as both are open. Resolves when they are not. */
export function tunnel(port: number, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const inner: Socket = connect({ host: "127.0.0.1", port, noDelay: true });
    // Whichever closes first, what it said last still gets to the other.
    const closes = (other: Duplex) => () => {
      other.end(() => other.destroy());
      setTimeout(() => other.destroy(), lastWordsMs).unref();
      resolve();
    };
    inner.on("connect", () => {
      inner.write(headOf(request));
      inner.write(head);
      socket.pipe(inner).pipe(socket);
    });
    for (const side of [inner, socket]) side.on("error", () => side.destroy());
    inner.on("close", closes(socket));
    socket.on("close", closes(inner));
    if (socket.destroyed) inner.destroy();
  });
}

/** The request as it came. Node has read it: no name or value holds a line's end. */
function headOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}
