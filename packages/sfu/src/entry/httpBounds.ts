import type { Duplex } from "node:stream";
import { againAfter } from "../base/requests.ts";

/**
 * How long and how large a request may be before it is known whose it is. All requests come from this machine, and whole:
 * the chamber's server has read them first.
 */
export const httpBounds = {
  // A join request carries the first offer in its address.
  maxHeaderSize: 128 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
};

/** How long whoever was refused may take to hear it, ms. */
const lastWordMs = 1_000;

/** Node lets clients keep their half of such a socket open, for as long as they like: not here. */
export function refuseUpgrade(socket: Duplex, status: number, message = ""): void {
  const head = {
    "content-type": "text/plain",
    "content-length": message.length,
    connection: "close",
    ...againAfter(status),
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join("")}\r\n${message}`);
  const timer = setTimeout(() => socket.destroy(), lastWordMs).unref();
  socket.once("close", () => clearTimeout(timer));
}
