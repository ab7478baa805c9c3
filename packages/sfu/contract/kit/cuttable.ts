import { connect, createServer, type Socket } from "node:net";

/** A TCP way to the server that can be cut and mended: signalling is lost, media (UDP) is not. */
export interface CuttableWay {
  /** As clients are given it. */
  url: string;
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

export async function cuttableWay(target: number): Promise<CuttableWay> {
  const open = new Set<Socket>();
  let broken = false;
  const server = createServer((near) => {
    if (broken) return near.destroy();
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
  const port = address && typeof address === "object" ? address.port : 0;
  return {
    url: `ws://127.0.0.1:${port}`,
    cut() {
      broken = true;
      for (const socket of open) socket.destroy();
    },
    mend() {
      broken = false;
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
