import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** Nothing else: with an Origin given to it, a page of any other site would be at the meeting's sockets with somebody's cookie. */
const signalling = /^\/rtc(?:\/v1)?(?:\?|$)/;

/**
 * The chamber's door as rtc-node finds it: that client names no Origin, and the door opens to nobody without. So it comes
 * by a port of the demo's own, from which media signalling goes to the chamber's address unchanged, but with its Host and Origin,
 * as the demo's other requests have. Whoever else finds this port needs a ticket all the same. Resolves with the address.
 */
export async function openPassage(chamber: string): Promise<string> {
  const { protocol, hostname, port, host } = new URL(chamber);
  const open = (): Socket =>
    protocol === "https:"
      ? connectTls({ host: hostname, port: Number(port || 443), servername: hostname })
      : connect({ host: hostname, port: Number(port || 80), noDelay: true });
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on("upgrade", ({ method, url = "", rawHeaders }, inner, head) => {
    if (!signalling.test(url)) {
      inner.destroy();
      return;
    }
    const outer = open();
    const lines = [`${method} ${url} HTTP/1.1`, `Host: ${host}`, `Origin: ${chamber}`];
    for (let at = 0; at + 1 < rawHeaders.length; at += 2)
      if (!/^(host|origin)$/i.test(rawHeaders[at] ?? "")) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
    outer.write(`${lines.join("\r\n")}\r\n\r\n`);
    outer.write(head);
    inner.pipe(outer).pipe(inner);
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const)
      one.on("error", () => one.destroy()).on("close", () => other.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // The demo ends when its people do, whatever listens.
  server.unref();
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It does not listen on a port.");
  return `ws://127.0.0.1:${address.port}`;
}
