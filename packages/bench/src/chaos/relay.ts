import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { type Conditions, Link, seeded } from "./link.ts";

/** UDP from and to one server over a path that misbehaves. Each client's address has a socket of its own towards the server. */
export interface Relay {
  /** On 127.0.0.1. */
  port: number;
  /** `up`: towards the server. */
  set(conditions: { up?: Conditions; down?: Conditions }): void;
  /** Packets since the start: those that came through, and those that did not, either way. */
  carried(): { up: number; down: number; lost: number };
  close(): Promise<void>;
}

/** More than one browser has: a stray program is not relayed for ever. */
const mostClients = 64;

/** @param target UDP port of 127.0.0.1 */
export async function startRelay(target: number, seed: number): Promise<Relay> {
  const front = await bound();
  const links = { up: new Link(seeded(seed)), down: new Link(seeded(seed + 1)) };
  const carried = { up: 0, down: 0, lost: 0 };
  const clients = new Map<string, Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  const send = (way: "up" | "down", bytes: Buffer, deliver: () => void) => {
    const now = performance.now();
    const at = links[way].arrival(bytes.length, now);
    if (at === null) {
      carried.lost += 1;
      return;
    }
    const arrive = () => {
      if (closed) return;
      carried[way] += 1;
      deliver();
    };
    const wait = Math.round(at - now);
    if (wait <= 0) return arrive();
    const timer = setTimeout(() => {
      timers.delete(timer);
      arrive();
    }, wait);
    timers.add(timer);
  };

  front.on("message", (bytes, client) => {
    const key = `${client.address}:${client.port}`;
    let back = clients.get(key);
    if (back === undefined) {
      if (clients.size >= mostClients) return;
      back = createSocket("udp4");
      back.on("message", (answer) => send("down", answer, () => front.send(answer, client.port, client.address)));
      back.on("error", () => {});
      clients.set(key, back);
    }
    const way = back;
    send("up", bytes, () => way.send(bytes, target, "127.0.0.1"));
  });
  front.on("error", () => {});

  return {
    port: front.address().port,
    set({ up = {}, down = {} }) {
      links.up.set(up);
      links.down.set(down);
    },
    carried: () => ({ ...carried }),
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all([front, ...clients.values()].map((socket) => new Promise<void>((done) => socket.close(done))));
    },
  };
}

async function bound(): Promise<Socket> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  // A key frame comes as a burst; the kernel's default holds some 200 kB.
  socket.setRecvBufferSize(4 * 2 ** 20);
  return socket;
}
