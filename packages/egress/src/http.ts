import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { type EgressStatus, orderTls, ProgrammeOrder } from "@raadhuis/protocol/children";
import { namesOneHost } from "@raadhuis/protocol/door";
import { boundUnproven } from "./unproven.ts";

/** Largest order, bytes: a meeting of some hundred people with a long agenda. */
const MOST_BYTES = 1024 * 1024;

/** The house is on this machine and sends its orders whole; anybody else who is on it can connect and say nothing. */
const bounds = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 };
const HANDSHAKE_MS = 3_000;
const MOST_UNPROVEN = 64;

export interface HttpOptions {
  meeting: string;
  /** Whoever does not prove that they hold it is not heard. */
  secret: string;
  take(order: ProgrammeOrder): EgressStatus;
  ready(): boolean;
  /** How long to wait for that proof. */
  handshakeMs?: number;
}

/**
 * `PUT /programme`, `/healthz`, `/readyz` on 127.0.0.1, on a port of the system's choice, for whoever proves that they hold
 * the secret, as we prove it to them (`orderTls`).
 */
export async function listen(options: HttpOptions): Promise<{ port: number; server: Server }> {
  const psk = Buffer.from(options.secret);
  const handshakeTimeout = options.handshakeMs ?? HANDSHAKE_MS;
  const tls = { ...orderTls, ...bounds, handshakeTimeout, pskCallback: () => psk };
  const server = createServer(tls, (request, response) => {
    answer(request, response, options).catch(() => send(response, 500, error("house.failed", "The egress failed.")));
  });
  boundUnproven(server, MOST_UNPROVEN);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { port, server };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<void> {
  const route = `${request.method} ${request.url}`;
  if (!namesOneHost(request)) return send(response, 400, error("request.malformed", "A request names one host, once."));
  // A page somewhere else whose name was made to lead here (DNS rebinding) sends that name.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ""))
    return send(response, 421, error("request.unknown-host", "This is not that host."));
  if (route === "GET /healthz") return send(response, 200, { ok: true });
  if (route === "GET /readyz") return send(response, options.ready() ? 200 : 503, { ok: options.ready() });
  if (route !== "PUT /programme") return send(response, 404, error("request.not-found", "There is no such address."));
  const body = await bodyOf(request);
  if (body === null)
    return send(response, 413, error("request.too-large", `An order has at most ${MOST_BYTES} bytes.`));
  const parsed = ProgrammeOrder.safeParse(parseJson(body));
  if (!parsed.success) return send(response, 400, error("request.malformed", parsed.error.message));
  if (parsed.data.meeting !== options.meeting)
    return send(response, 409, error("meeting.unknown", "This egress broadcasts another meeting."));
  send(response, 200, options.take(parsed.data));
}

const error = (code: string, message: string): { code: string; message: string } => ({ code, message });

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return;
  const again = status === 503 ? { "retry-after": "1" } : {};
  response.writeHead(status, { "content-type": "application/json", ...again }).end(JSON.stringify(body));
}
