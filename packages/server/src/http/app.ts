import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import cookie from "@fastify/cookie";
import websocket from "@fastify/websocket";
import type { Settings, Tls } from "@raadhuis/protocol/settings";
import { MAX_MESSAGE_BYTES } from "@raadhuis/protocol/socket";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Log } from "../log.ts";
import { keepAddress } from "./address.ts";
import { routable } from "./addresses.ts";
import { answerErrors } from "./answerErrors.ts";
import { sessionBrought } from "./brought.ts";
import { guardDoor } from "./door.ts";
import { addSecurityHeaders, securityHeaders } from "./headers.ts";
import type { Known } from "./known.ts";
import { boundPipelining, paceRequests } from "./pace.ts";
import { Sparing } from "./sparing.ts";
import { answerUndecodable, answerUnreadable } from "./unreadable.ts";

/**
 * A message above the protocol's limit is refused with a code and the socket stays; one above this closes it (RFC 6455
 * close code 1009), so that nobody fills the memory.
 */
const MAX_FRAME_BYTES = 16 * MAX_MESSAGE_BYTES;

/** Frames of one message, and pieces of one frame as the connection brings them: small ones in great number cost most. */
const MAX_FRAGMENTS = 128;
const MAX_CHUNKS = 4096;

/** livekit-client puts its first offer into the address of /rtc/v1. */
const MAX_HEADER_BYTES = 128 * 1024;

/**
 * Of connections that nobody knows yet: they say what they want within seconds, or are closed; and there is an end to
 * their number, so that the memory they take is bounded. It is far above what the largest house has of its own.
 */
const STRANGERS = { headersTimeout: 15_000, connectionsCheckingInterval: 2_000 };
/** Looked at by door.ts, which answers with a code. */
const ANY_HOST = { requireHostHeader: false };
const MAX_CONNECTIONS = 10_000;

interface AppOptions {
  settings: Pick<Settings, "chamber" | "locale">;
  log: Log;
  known: Known;
}

/** The HTTP server with its walls, before any route. */
export async function makeApp({ settings, log, known }: AppOptions): Promise<FastifyInstance> {
  const { tls, url } = settings.chamber;
  const logger: FastifyBaseLogger = log;
  const headers = securityHeaders({ secure: url.startsWith("https:") });
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    serverFactory: (handler, options) => makeServer(tls, boundPipelining(handler), options),
    trustProxy: tls.kind === "proxy" ? tls.proxies : false,
    bodyLimit: MAX_MESSAGE_BYTES,
    routerOptions: { maxParamLength: 64 },
    forceCloseConnections: true,
    requestTimeout: 30_000,
    rewriteUrl: ({ url = "/" }) => routable(url),
    frameworkErrors: (_error, _request, reply) => answerUndecodable(reply.raw, headers),
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, headers),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  await app.register(cookie);
  await app.register(websocket, {
    options: {
      maxPayload: MAX_FRAME_BYTES,
      maxFragments: MAX_FRAGMENTS,
      maxBufferedChunks: MAX_CHUNKS,
      perMessageDeflate: false,
      // Paid for before they are answered: intake.ts.
      autoPong: false,
    },
    preClose: (done) => done(),
    // Broken frames and oversize messages: ws closes the socket with its code, and whose it was has written it down.
    errorHandler: (error, socket, request) => {
      if ("code" in error) return;
      request.log.error({ err: error }, "a socket failed");
      socket.terminate();
    },
  });
  // First, so that they are on what is refused at the door, too.
  addSecurityHeaders(app, headers);
  keepAddress(app);
  app.decorateRequest("subject");
  paceRequests(app, { known, sessionOf: sessionBrought, host: new URL(url).host });
  guardDoor(app, url, settings.locale);
  const failures = new Sparing();
  // The route's pattern, never its address: that may hold a ticket.
  app.addHook("onResponse", async (request, reply) => {
    const { url: route } = request.routeOptions;
    const line = { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    if (reply.statusCode < 500) request.log.debug(line, "answered");
    else failures.say((more) => request.log.warn({ ...line, ...more }, "answered"));
  });
  return app;
}

function makeServer(tls: Tls, handler: RequestListener, options: FastifyServerOptions): Server {
  const common = { ...STRANGERS, ...ANY_HOST, requestTimeout: options.requestTimeout, maxHeaderSize: MAX_HEADER_BYTES };
  const server = tls.kind === "files" ? secure(tls, common, handler) : createServer(common, handler);
  server.maxConnections = MAX_CONNECTIONS;
  // Expectations that nobody knows are not met, and need not be told so (RFC 9110, 10.1.1): Node's answer has no headers.
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
  return server;
}

function secure(files: Tls & { kind: "files" }, options: ServerOptions, handler: RequestListener): Server {
  const { cert, key } = { cert: readFileSync(files.cert), key: readFileSync(files.key) };
  // Whoever does not even shake hands is no connection of HTTP's yet.
  const handshakeTimeout = STRANGERS.headersTimeout;
  return createHttpsServer({ ...options, cert, key, minVersion: "TLSv1.2", handshakeTimeout }, handler);
}
