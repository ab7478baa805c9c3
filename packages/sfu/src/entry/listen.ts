import type { Server } from "node:net";

/** Listens on 127.0.0.1. What was said when that failed; `null`: it listens. */
export const listen = (server: Server, port: number): Promise<string | null> =>
  new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, "127.0.0.1", () => resolve(null));
  });

/** The TCP port of a server that listens. */
export function portOf(server: { address(): ReturnType<Server["address"]> }): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It does not listen on a port.");
  return address.port;
}
