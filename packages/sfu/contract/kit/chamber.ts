import { connect, createServer, type Socket } from "node:net";
import { admissionHeader, admissionOf } from "@raadhuis/protocol/admission";

/** In the place of a house's chamber: leads whoever comes to the media server, with its word for their ticket. */
export interface Chamber {
  /** As clients are given it. */
  url: string;
  stop(): Promise<void>;
}

/** @param target the media server's port on loopback */
export async function chamber(target: number, secret: string): Promise<Chamber> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
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
    }
    far.pipe(near);
    near.once("data", (head: Buffer) => {
      far.write(withWord(head, secret));
      near.pipe(far);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that fails before it stops this must not keep its file from ending.
  server.unref();
  const address = server.address();
  return {
    url: `ws://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** The first line of a request names the ticket; the word stands below it. */
function withWord(head: Buffer, secret: string): Buffer {
  const end = head.indexOf("\r\n") + 2;
  const ticket = /[?&]access_token=([^&\s]+)/.exec(head.toString("latin1", 0, end))?.[1] ?? "";
  return Buffer.concat([
    head.subarray(0, end),
    Buffer.from(`${admissionHeader}: ${admissionOf(secret, ticket)}\r\n`),
    head.subarray(end),
  ]);
}
