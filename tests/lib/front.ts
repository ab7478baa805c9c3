import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** One address in front of several, as a load balancer gives. */
export interface Front {
  port: number;
  stop(): void;
}

/**
 * Hands each connection to the next of these ports where somebody listens. `port`: its own; any free one by default.
 * `ports` may be given later: those that are in it when a connection comes.
 */
export async function startFront(ports: readonly number[], port = 0): Promise<Front> {
  const open = new Set<Socket>();
  let turn = 0;
  const next = async (): Promise<Socket | null> => {
    for (const _ of ports) {
      const far = connect(ports[turn++ % ports.length] ?? 0, "127.0.0.1");
      if (await once(far, "connect").catch(() => null)) return far;
    }
    return null;
  };
  const server = createServer({ pauseOnConnect: true }, async (near) => {
    const far = await next();
    if (far === null) return near.destroy();
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      if (socket.destroyed) other.destroy();
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    stop() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
