import type { Server } from "node:net";

/** Why a process cannot do its work, and what is to be done about it. */
export interface StartProblem {
  code: "port.in-use";
  message: string;
}

/** Listens on 127.0.0.1. `null`: it does. */
export const listen = (server: Server, port: number): Promise<StartProblem | null> =>
  new Promise((resolve) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) =>
      resolve({
        code: "port.in-use",
        message: `TCP port ${port} cannot be had (${code ?? message}). Set PORT to another.`,
      }),
    );
    server.listen(port, "127.0.0.1", () => resolve(null));
  });

/** The TCP port of a server that listens. */
export function portOf(server: { address(): ReturnType<Server["address"]> }): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It does not listen on a port.");
  return address.port;
}
