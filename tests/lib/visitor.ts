import { request } from "node:http";
import { askBy, clientOf, pathTo } from "@raadhuis/client";
import { Visit } from "@raadhuis/client/node";
import { sockets } from "@raadhuis/protocol/http";
import { type MediaTicket, PROTOCOL_VERSION, ServerMessage } from "@raadhuis/protocol/socket";
import WebSocket from "ws";
import { until } from "./wait.ts";

export interface Answer {
  status: number;
  /** The stable code of an error, or "". */
  code: string;
  text: string;
  cookies: string[];
}

/**
 * Anybody with a network connection: sends paths, hosts and origins as they are told, which no browser would. `path` is
 * sent as it stands.
 */
export function ask(
  origin: string,
  path: string,
  { method = "GET", headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { hostname, port, host } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: { host, ...headers } }, (reply) => {
      const parts: Buffer[] = [];
      reply.on("data", (part: Buffer) => parts.push(part));
      reply.on("end", () => {
        const text = Buffer.concat(parts).toString("latin1");
        resolve({
          status: reply.statusCode ?? 0,
          code: codeOf(text),
          text,
          cookies: reply.headers["set-cookie"] ?? [],
        });
      });
      reply.on("error", reject);
    });
    sent.setTimeout(60_000, () => sent.destroy(new Error(`No answer to ${method} ${path.slice(0, 80)}`)));
    sent.on("error", reject);
    sent.end(body);
  });
}

function codeOf(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && "code" in parsed ? String(parsed.code) : "";
  } catch {
    return "";
  }
}

export const post = (origin: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(origin, path, {
    method: "POST",
    headers: { origin, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

export const linkParts = (link: string): { origin: string; path: string; meeting: string; secret: string } => {
  const url = new URL(link);
  return {
    origin: url.origin,
    path: url.pathname,
    meeting: url.pathname.split("/").at(-1) ?? "",
    secret: url.hash.slice(1),
  };
};

/** A seat and the cookie that opens it. */
export interface Session {
  origin: string;
  meeting: string;
  seat: string;
  cookie: string;
}

export async function redeem(link: string): Promise<Session> {
  const { origin, meeting, secret } = linkParts(link);
  const visit = new Visit(origin);
  const redeemed = await clientOf(askBy(visit.send)).seats.redeem({ body: { meeting, secret } });
  if (!redeemed.ok) throw new Error(`The link was refused: ${JSON.stringify(redeemed)}`);
  const { seat } = redeemed.value;
  return { origin, meeting, seat, cookie: visit.headers(pathTo(sockets.seat, { seat })).cookie };
}

export type Upgrade = { socket: WebSocket } | { status: number; code: string };

/** Tries to open a WebSocket. */
export function upgrade(origin: string, path: string, headers: Record<string, string> = {}): Promise<Upgrade> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(origin.replace(/^http/, "ws") + path, { headers, handshakeTimeout: 60_000 });
    socket.once("open", () => resolve({ socket }));
    socket.once("unexpected-response", (_, reply) => {
      let text = "";
      reply.on("data", (part: Buffer) => {
        text += part.toString();
      });
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, code: codeOf(text) }));
    });
    socket.once("error", reject);
  });
}

/** A seat's socket and all that was said on it. */
export class SeatSocket {
  readonly heard: ServerMessage[] = [];
  readonly socket: WebSocket;
  closed = false;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => this.heard.push(ServerMessage.parse(JSON.parse(String(data)))));
    socket.on("close", () => {
      this.closed = true;
    });
    socket.on("error", () => undefined);
    socket.send(JSON.stringify({ type: "hello", protocol: PROTOCOL_VERSION, since: 0 }));
    socket.send(JSON.stringify({ type: "enter" }));
  }

  static async open({ origin, seat, cookie }: Session): Promise<SeatSocket> {
    const answer = await upgrade(origin, pathTo(sockets.seat, { seat }), { origin, cookie });
    if (!("socket" in answer)) throw new Error(`${answer.status} ${answer.code}`);
    return new SeatSocket(answer.socket);
  }

  /** The newest ticket that fits, for the room that is shown. */
  ticket(fits: (ticket: MediaTicket) => boolean = () => true): Promise<MediaTicket> {
    return until("a media ticket", () =>
      this.heard
        .flatMap((message) => (message.type === "media" ? message.tickets.slice(0, 1).filter(fits) : []))
        .at(-1),
    );
  }

  /** The code of the refusal, or "done". */
  async command(command: { type: string; [field: string]: unknown }): Promise<string> {
    const id = crypto.randomUUID();
    this.socket.send(JSON.stringify({ type: "command", id, command }));
    return until(`an answer to ${command.type}`, () => {
      for (const message of this.heard) {
        if (message.type === "done" && message.id === id) return "done";
        if (message.type === "refused" && message.id === id) return message.code;
      }
      return null;
    });
  }
}
