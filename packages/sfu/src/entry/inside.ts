import type { IncomingMessage, ServerResponse } from "node:http";
import { lookAt } from "../debug/look.ts";
import { roomPage } from "../debug/page.ts";
import { type ListedRoom, listed, roomsPage } from "../debug/roomsPage.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { contentType } from "../metrics/text.ts";
import type { Rooms } from "../room/rooms.ts";

/** Answers a GET of metrics and debug pages: for whoever sits at this machine. */
export type Inside = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;

export const isInside = (path: string): boolean => path === "/metrics" || /^\/debug(\/|$)/.test(path);

export const inside =
  (rooms: Rooms, metrics: Metrics): Inside =>
  async (request, response, path) => {
    if (!isAsker(request)) return send(response, 403, "text/plain; charset=utf-8", "only from this machine");
    if (path === "/metrics") return send(response, 200, contentType, await metrics.text());
    const list = () => rooms.list().map(listed);
    if (path === roomsListPath) return send(response, 200, "application/json", JSON.stringify(list()));
    if (path === roomsPath) return send(response, 200, html, roomsPage(list()));
    const room = rooms.get(debugRoomOf(path) ?? "");
    if (room === null) return send(response, 404, "text/plain; charset=utf-8", "no such room");
    send(response, 200, html, roomPage(await lookAt(room)));
  };

/** The page of all rooms; and the list alone, for the front of several processes. */
export const roomsPath = "/debug/rooms";
export const roomsListPath = "/debug/rooms.json";

const html = "text/html; charset=utf-8";

/**
 * Not for others: the port listens on loopback and takes its own host names only (http.ts); a proxy that leads here by
 * mistake shows itself by its headers, and a page elsewhere that has this opened by a browser here, by the browser's.
 */
function isAsker({ headers }: IncomingMessage): boolean {
  const proxied = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"];
  if (proxied.some((name) => headers[name] !== undefined)) return false;
  const site = headers["sec-fetch-site"];
  return site === undefined || site === "none" || site === "same-origin";
}

/** The room whose page this is the path of; `null`: none. */
export function debugRoomOf(path: string): string | null {
  const encoded = /^\/debug\/rooms\/([^/]+)$/.exec(path)?.[1];
  try {
    return encoded === undefined ? null : decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** By the front of several processes: all rooms of all of them. */
export const sendRooms = (response: ServerResponse, rooms: readonly ListedRoom[]): void =>
  send(response, 200, html, roomsPage(rooms));

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
  });
  response.end(body);
}
