import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A line between browsers and a house that can be made to stall: everything stays open, and no byte comes over it. */
export interface StallableLine {
  /** Where browsers find the house. */
  url: string;
  stall(): void;
  /** New connections come through again; what stalled stays dead. */
  flow(): void;
  close(): void;
}

/** `target`: the house's port, once it is known; until then nothing comes through. */
export async function stallableLine(): Promise<StallableLine & { leadTo(port: number): void }> {
  const sockets = new Set<Socket>();
  let target: number | null = null;
  let stalls = 0;
  let stalled = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (stalled || target === null) return void near.on("data", () => undefined);
    const far = connect(target, "localhost");
    keep(far);
    const bornAt = stalls;
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("data", (bytes) => {
        if (stalls === bornAt) to.write(bytes);
      });
      from.on("close", () => {
        if (stalls === bornAt) to.destroy();
      });
    }
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A relay has a port.");
  return {
    url: `http://localhost:${address.port}`,
    leadTo(port) {
      target = port;
    },
    stall() {
      stalls++;
      stalled = true;
    },
    flow() {
      stalled = false;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
