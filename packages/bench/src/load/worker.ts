import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { webRtcWith } from "./cipher.ts";
import { JanusClient } from "./janus.ts";
import { LiveKitClient } from "./livekit.ts";
import { type PictureSize, preparedMedia } from "./media.ts";
import type { Count } from "./peer.ts";
import { Player } from "./player.ts";
import { Tally } from "./tally.ts";
import { type Answer, Order } from "./workers.ts";

/** A process full of light clients; told by its parent what to do, one thing after another. */
const clients: (LiveKitClient | JanusClient)[] = [];
const players: Player[] = [];
const sockets: { socket: Socket; tally: Tally }[] = [];

async function obey(order: Order): Promise<Omit<Answer, "id">> {
  switch (order.do) {
    case "livekit": {
      const { client, again } = await connected(() => LiveKitClient.join(webRtcWith(order.cipher), order));
      clients.push(client);
      if (!order.silent) play(client, order.picture, order.speaks);
      return { again };
    }
    case "janus": {
      const { url, address, publish } = order;
      const { client, again } = await connected(() =>
        JanusClient.join(webRtcWith(order.cipher), url, address, publish),
      );
      clients.push(client);
      play(client);
      return { again };
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

const attempts = 3;
const connectWithinMs = 10_000;

/** A client whose transport stands, and how often it took another attempt: what failed once is told, and does not end a benchmark. */
async function connected<C extends LiveKitClient | JanusClient>(
  join: () => Promise<C>,
): Promise<{ client: C; again: string[] }> {
  const again: string[] = [];
  for (;;) {
    let client: C | null = null;
    try {
      client = await join();
      await client.peer.connected(connectWithinMs);
      return { client, again };
    } catch (error) {
      client?.close();
      if (again.length + 1 === attempts) throw error;
      again.push(error instanceof Error ? error.message : String(error));
    }
  }
}

function play({ audio, video }: LiveKitClient | JanusClient, picture: PictureSize = "large", speaks = true): void {
  if (audio || video) players.push(new Player(preparedMedia(picture), audio, video, speaks));
}

async function listen(address: string): Promise<number> {
  const entry = { socket: createSocket({ type: "udp4", recvBufferSize: 1 << 20 }), tally: new Tally() };
  entry.socket.on("message", (packet) => entry.tally.take(packet));
  entry.socket.bind(0, address);
  await once(entry.socket, "listening");
  sockets.push(entry);
  return entry.socket.address().port;
}

/** Long: on a machine that is busy with other tests a handshake takes seconds. */
const receiveWithinMs = 60_000;

async function received({ peer }: LiveKitClient): Promise<void> {
  const until = Date.now() + receiveWithinMs;
  while (peer.count().packets === 0) {
    if (Date.now() > until) throw new Error(`Nothing was received for ${receiveWithinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const count = (): Count[] => [
  ...clients.map((client) => client.peer.count()),
  ...sockets.map(({ tally: { packets, bytes, expected } }) => ({
    packets,
    bytes,
    expected,
    streams: packets > 0 ? 1 : 0,
  })),
];

process.on("message", (raw) => {
  const order = Order.parse(raw);
  obey(order)
    .catch((error: unknown) => ({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
    .then((answer) => process.send?.({ id: order.id, ...answer }));
});
// Nothing outlives the benchmark.
process.on("disconnect", () => process.exit(0));
