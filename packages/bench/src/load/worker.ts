import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { webRtcWith } from "./cipher.ts";
import { JanusClient } from "./janus.ts";
import { LiveKitClient } from "./livekit.ts";
import { type PictureSize, preparedMedia } from "./media.ts";
import type { Count } from "./peer.ts";
import { Player } from "./player.ts";
import { type Answer, Order } from "./workers.ts";

/** A process full of light clients; told by its parent what to do, one thing after another. */
const clients: (LiveKitClient | JanusClient)[] = [];
const players: Player[] = [];
const sockets: { socket: Socket; packets: number; bytes: number }[] = [];

async function obey(order: Order): Promise<Omit<Answer, "id">> {
  switch (order.do) {
    case "livekit": {
      const client = await LiveKitClient.join(webRtcWith(order.cipher), order);
      clients.push(client);
      play(client, order.picture);
      break;
    }
    case "janus": {
      const client = await JanusClient.join(webRtcWith(order.cipher), order.url, order.address, order.publish);
      clients.push(client);
      play(client);
      break;
    }
    case "visit": {
      const client = await LiveKitClient.join(webRtcWith(order.cipher), order);
      try {
        if (order.stays === "receiving") await received(client);
      } finally {
        if (order.leaves === "goodbye") client.close();
        else client.drop();
      }
      break;
    }
    case "listen": {
      const ports = await Promise.all(Array.from({ length: order.sockets }, () => listen(order.address)));
      return { ports };
    }
    case "count":
      return { counts: count() };
    case "close":
      for (const player of players.splice(0)) player.stop();
      for (const client of clients.splice(0)) client.close();
      for (const { socket } of sockets.splice(0)) socket.close();
      break;
  }
  return {};
}

function play({ audio, video }: LiveKitClient | JanusClient, picture: PictureSize = "large"): void {
  if (audio || video) players.push(new Player(preparedMedia(picture), audio, video));
}

async function listen(address: string): Promise<number> {
  const entry = { socket: createSocket({ type: "udp4", recvBufferSize: 1 << 20 }), packets: 0, bytes: 0 };
  entry.socket.on("message", (packet) => {
    entry.packets++;
    entry.bytes += packet.length;
  });
  entry.socket.bind(0, address);
  await once(entry.socket, "listening");
  sockets.push(entry);
  return entry.socket.address().port;
}

async function received({ peer }: LiveKitClient): Promise<void> {
  const until = Date.now() + 10_000;
  while (peer.count().packets === 0) {
    if (Date.now() > until) throw new Error("Nothing was received for 10 s.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const count = (): Count[] => [
  ...clients.map((client) => client.peer.count()),
  ...sockets.map(({ packets, bytes }) => ({ packets, bytes, expected: packets, streams: packets > 0 ? 1 : 0 })),
];

process.on("message", (raw) => {
  const order = Order.parse(raw);
  obey(order)
    .catch((error: unknown) => ({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
    .then((answer) => process.send?.({ id: order.id, ...answer }));
});
// Nothing outlives the benchmark.
process.on("disconnect", () => process.exit(0));
