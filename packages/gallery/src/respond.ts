import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { isNavigation, languageOf, namesOneHost, type WrongDoors, wrongDoorPage } from "@raadhuis/protocol/door";
import { type Found, findFile } from "./find-file.ts";
import { cacheControl, commonHeaders } from "./headers.ts";
import { isText, packed, packingOf } from "./packed.ts";
import { rangeOf } from "./range.ts";

export interface Gallery {
  /** What is public: RAADHUIS_DATA/public. */
  released: string;
  /** The pages: packages/web/dist/outside. */
  pages: string;
  /** Origin people type. */
  url: string;
  /** Of pages whose reader states no language. */
  locale?: "nl" | "en";
  wrongDoors?: WrongDoors;
}

/** Answers with a stable code; texts are for developers, pages have their own. */
function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  response.end(JSON.stringify({ code, message }));
}

/** Where the file of a path lies. Pages of the single-page app are all index.html. */
function placeOf({ released, pages }: Gallery, path: string): { folder: string; name: string } {
  if (path === "/" || /^\/meeting\/[a-z0-9]{1,32}\/?$/.test(path)) return { folder: pages, name: "index.html" };
  if (path.startsWith("/public/")) return { folder: released, name: path.slice("/public/".length) };
  return { folder: pages, name: path.slice(1) };
}

/** One request to the gallery: a file, or no. There is nothing else here. */
export async function respond(gallery: Gallery, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { host, protocol } = new URL(gallery.url);
  for (const [name, value] of Object.entries(commonHeaders(protocol === "https:"))) response.setHeader(name, value);
  if (!namesOneHost(request)) return refuse(response, 400, "request.malformed", "A request names one host, once.");
  const path = (request.url ?? "/").split("?", 1)[0]!;
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, "request.wrong-method", "The gallery only shows.");
  }
  if (path === "/healthz") return health(response, true);
  if (path === "/readyz") return health(response, await isThere(gallery.pages, "index.html"));
  const page = isNavigation(request.method, request.headers.accept);
  if (request.headers.host?.toLowerCase() !== host) {
    gallery.wrongDoors?.count(request.headers.host, host);
    if (!page) return refuse(response, 421, "request.unknown-host", "This gallery is not known by that host name.");
    response.writeHead(421, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
    const language = languageOf(request.headers["accept-language"], gallery.locale ?? "nl");
    response.end(request.method === "HEAD" ? undefined : wrongDoorPage("RAADHUIS_GALLERY_URL", language));
    return;
  }

  const { folder, name } = placeOf(gallery, path);
  const file = await findFile(folder, name);
  if (!file && page && !path.startsWith("/public") && (await lost(gallery, request, response))) return;
  if (!file) return refuse(response, 404, "request.not-found", "There is nothing here.");
  try {
    await send(request, response, path, file);
  } finally {
    await file.handle.close();
  }
}

async function send(request: IncomingMessage, response: ServerResponse, path: string, file: Found): Promise<void> {
  const { handle, type, bytes, modified } = file;
  const tag = `"${Math.round(modified).toString(36)}-${bytes.toString(36)}"`;
  const headers = {
    ETag: tag,
    "Cache-Control": cacheControl(path),
    "Accept-Ranges": "bytes",
    ...(isText(file) && { Vary: "Accept-Encoding" }),
  };
  if (request.headers["if-none-match"]?.split(/,\s*/).some((known) => known === tag || known === `W/${tag}`)) {
    response.writeHead(304, headers).end();
    return;
  }
  const packing = request.headers.range === undefined ? packingOf(file, request.headers["accept-encoding"]) : null;
  const body = packing && (await packed(path, file, packing));
  if (body) {
    const { ETag, "Accept-Ranges": _, ...rest } = headers;
    response.writeHead(200, {
      ...rest,
      ETag: `W/${ETag}`,
      "Content-Type": type,
      "Content-Encoding": packing,
      "Content-Length": body.length,
    });
    response.end(request.method === "HEAD" ? undefined : body);
    return;
  }
  const ifRange = request.headers["if-range"];
  const range = ifRange === undefined || ifRange === tag ? rangeOf(request.headers.range, bytes) : null;
  if (range === "unsatisfiable") {
    response.setHeader("Content-Range", `bytes */${bytes}`);
    return refuse(response, 416, "request.unsatisfiable", "The file is not that long.");
  }
  const { start, end } = range ?? { start: 0, end: bytes - 1 };
  response.writeHead(range ? 206 : 200, {
    ...headers,
    "Content-Type": type,
    "Content-Length": end - start + 1,
    ...(range && { "Content-Range": `bytes ${start}-${end}/${bytes}` }),
  });
  if (request.method === "HEAD" || bytes === 0) {
    response.end();
    return;
  }
  await pipeline(handle.createReadStream({ start, end, autoClose: false }), response);
}

/** A browser gets the page, which puts a mangled address right or says in the reader's words that nothing is there. */
async function lost({ pages }: Gallery, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const file = await findFile(pages, "index.html");
  if (!file) return false;
  try {
    const body = await file.handle.readFile();
    response.writeHead(404, { "Content-Type": file.type, "Content-Length": body.length, "Cache-Control": "no-store" });
    response.end(request.method === "HEAD" ? undefined : body);
  } finally {
    await file.handle.close();
  }
  return true;
}

function health(response: ServerResponse, well: boolean): void {
  response.writeHead(well ? 200 : 503, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    ...(well ? {} : { "Retry-After": "5" }),
  });
  response.end(JSON.stringify({ ok: well }));
}

async function isThere(folder: string, name: string): Promise<boolean> {
  const file = await findFile(folder, name);
  await file?.handle.close();
  return file !== null;
}
