import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Door } from "@raadhuis/protocol/settings";
import { commonHeaders } from "./headers.ts";
import { boundPipelining } from "./pipelining.ts";
import { type Gallery, respond } from "./respond.ts";
import { refuseUnreadable } from "./unreadable.ts";

/** Whoever takes in nothing of an answer for this long is let go, ms: a held connection holds an open file. */
const STALLED = 60_000;
/** Whoever sends a request slower than this is let go, ms. */
const limits = { headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 10_000, maxHeaderSize: 8192 };
/** Whoever names no host, or expects what nobody knows, is answered by us: Node's own answers lack our headers. */
const ours = { requireHostHeader: false };

/** Opens the gallery's door. Rejects when the port or the certificate cannot be had. */
export async function listen(door: Door, gallery: Gallery, onError: (error: unknown) => void): Promise<Server> {
  const answer = boundPipelining((request, response) => {
    respond(gallery, request, response).catch((error) => {
      response.destroy();
      if (!isGone(error)) onError(error);
    });
  });
  const server =
    door.tls.kind === "files"
      ? createTlsServer(
          { ...limits, ...ours, cert: readFileSync(door.tls.cert), key: readFileSync(door.tls.key) },
          answer,
        )
      : createServer({ ...limits, ...ours }, answer);
  server.setTimeout(STALLED);
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
  server.on("clientError", (error, socket) =>
    refuseUnreadable(error, socket, commonHeaders(gallery.url.startsWith("https:"))),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(door.port, door.bind, resolve);
  });
  return server;
}

/** The visitor went away in the middle: no fault of ours. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && "code" in error && gone.some((code) => code === error.code);

const gone = ["ERR_STREAM_PREMATURE_CLOSE", "ERR_STREAM_UNABLE_TO_PIPE", "ECONNRESET", "EPIPE"];
