import { connect, createServer, type Socket } from "node:net";

/** A TCP way to the server that can be cut and mended: signalling is lost, media (UDP) is not. */
export interface CuttableWay {
  port: number;
  cut(): void;
  mend(): void;
  /** Sockets opened so far. */
  opened(): number;
  stop(): Promise<void>;
}

export async function cuttableWay(target: number): Promise<CuttableWay> {
  const open = new Set<Socket>();
  let broken = false;
  let count = 0;
  const server = createServer((near) => {
    if (broken) return near.destroy();
    count += 1;
    const far = connect(target, "127.0.0.1");
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that fails before it stops this must not keep its file from ending.
  server.unref();
  const address = server.address();
  return {
    port: address && typeof address === "object" ? address.port : 0,
    cut() {
      broken = true;
      for (const socket of open) socket.destroy();
    },
    mend() {
      broken = false;
    },
    opened: () => count,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
