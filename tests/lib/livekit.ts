import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { until } from "./wait.ts";

/** A real LiveKit server, on loopback and nowhere else. */
export interface LiveKit {
  /** `ws://127.0.0.1:port` */
  url: string;
  http: string;
  /** Where it takes media. */
  udpPort: number;
  /** How many rooms it carries itself, whatever the others of its cluster carry. */
  rooms(): Promise<number>;
  key: string;
  secret: string;
  child: ChildProcess;
  stop(): Promise<void>;
}

export interface LiveKitOptions {
  /** `host:port` of the Redis by which several are one cluster. */
  redis?: string;
  /** Where it tells what happens in its rooms. */
  webhooks?: readonly string[];
  /** Whether somebody who comes to a room that is not there makes it. LiveKit's own default is yes. */
  autoCreate?: boolean;
}

const KEY = "testkey";
/** All that pages send; others are no recorder's. */
const houseCodecs = ["audio/opus", "audio/red", "video/vp8"];
const SECRET = "a-secret-of-the-tests-and-nobody-else";

/** @param binary of LiveKit; set-up leaves one at `.cache/livekit-server` */
export async function startLiveKit(
  binary: string,
  { redis, webhooks = [], autoCreate = true }: LiveKitOptions = {},
): Promise<LiveKit> {
  const [port, iceTcpPort, metricsPort] = await Promise.all([freeTcpPort(), freeTcpPort(), freeTcpPort()]);
  const udpPort = await freeUdpPort();
  const config = {
    port,
    bind_addresses: ["127.0.0.1"],
    keys: { [KEY]: SECRET },
    logging: { level: process.env.LIVEKIT_LOG ?? "error" },
    prometheus: { port: metricsPort },
    rtc: {
      node_ip: "127.0.0.1",
      use_external_ip: false,
      enable_loopback_candidate: true,
      tcp_port: iceTcpPort,
      udp_port: udpPort,
      // Clients are told of some STUN server in any case, of Google's by default. Nobody listens at this one.
      stun_servers: [`127.0.0.1:${udpPort}`],
    },
    // A house's own LiveKit is set up as docs/cluster.md asks; one that the contract is asked of, as it comes.
    room: { auto_create: autoCreate, ...(autoCreate ? {} : { enabled_codecs: houseCodecs.map((mime) => ({ mime })) }) },
    ...(redis === undefined ? {} : { redis: { address: redis } }),
    ...(webhooks.length === 0 ? {} : { webhook: { api_key: KEY, urls: webhooks } }),
  };
  const child = spawn(binary, ["--config-body", JSON.stringify(config)], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => {
      if (process.env.LIVEKIT_LOG) process.stderr.write(text);
      said = (said + text).slice(-20_000);
    });
  const http = `http://127.0.0.1:${port}`;
  const rooms = async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    return Number(/^livekit_room_total\{[^}]*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
  };
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    // It waits for everybody to leave when it is asked kindly.
    child.kill("SIGKILL");
    await ended;
  };
  try {
    await until("LiveKit answers", async () => {
      if (child.exitCode !== null) return "ended";
      return (await fetch(http)).ok && "up";
    });
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
  } catch (error) {
    await stop();
    throw new Error(`The LiveKit server did not start: ${said}`, { cause: error });
  }
  return { url: `ws://127.0.0.1:${port}`, http, udpPort, rooms, key: KEY, secret: SECRET, child, stop };
}

/**
 * A TCP port of 127.0.0.1 that nobody listens on now. Below those that systems give to whoever asks for any (from 32768
 * on Linux): a browser's next socket cannot take it away.
 */
export async function freeTcpPort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 22_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}

async function freeUdpPort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 22_000);
    const socket = createSocket("udp4");
    const free = await new Promise<boolean>((resolve) => {
      socket.once("error", () => resolve(false));
      socket.bind(port, () => socket.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
