import type { Server } from "node:https";
import type { Socket } from "node:net";

/**
 * At most so many connections are held that have not proven that they hold the secret; for one more the oldest is closed.
 * Not the newest: the house proves itself within milliseconds, and whoever only holds places would keep it out.
 */
export function boundUnproven(server: Server, most: number): void {
  // By port: all come from one address, and the socket that was proven is another than the one that came.
  const unproven = new Map<number | undefined, Socket>();
  server.on("connection", (socket: Socket) => {
    const { remotePort } = socket;
    unproven.set(remotePort, socket);
    socket.once("close", () => {
      if (unproven.get(remotePort) === socket) unproven.delete(remotePort);
    });
    const [oldest] = unproven.values();
    if (unproven.size > most) oldest?.destroy();
  });
  server.on("secureConnection", ({ remotePort }) => unproven.delete(remotePort));
}
