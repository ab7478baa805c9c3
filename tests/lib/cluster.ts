import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freeTcpPort, type LiveKit, startLiveKit } from "./livekit.ts";
import { until } from "./wait.ts";

/** LiveKit servers that share a Redis, and one address in front of them, as a load balancer gives. */
export interface Cluster {
  url: string;
  key: string;
  secret: string;
  nodes: LiveKit[];
  /** Ends everything at once, also when this process is about to end. */
  kill(): void;
}

/** @param binary of LiveKit */
export async function startCluster(binary: string): Promise<Cluster> {
  const redis = await startRedis();
  const started: LiveKit[] = [];
  const killNodes = () => {
    for (const { child } of started) child.kill("SIGKILL");
    redis.kill();
  };
  try {
    // As docs/cluster.md asks: rooms are made by the house and by nobody else.
    for (let node = 0; node < 2; node++)
      started.push(await startLiveKit(binary, { redis: redis.address, autoCreate: false }));
    const [{ key, secret } = { key: "", secret: "" }] = started;
    const front = await inTurn(started.map(({ url }) => Number(new URL(url).port)));
    return {
      url: `ws://127.0.0.1:${front.port}`,
      key,
      secret,
      nodes: started,
      kill() {
        front.stop();
        killNodes();
      },
    };
  } catch (error) {
    killNodes();
    throw error;
  }
}

async function startRedis(): Promise<{ address: string; kill(): void }> {
  const port = await freeTcpPort();
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-redis-"));
  const options = ["--bind", "127.0.0.1", "--port", `${port}`, "--save", "", "--appendonly", "no", "--dir", folder];
  const child = spawn("redis-server", options, { stdio: "ignore" });
  const kill = () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  const failed = once(child, "error").then(([error]) => Promise.reject(error));
  try {
    await Promise.race([until("Redis answers", () => answers(port)), failed]);
  } catch (error) {
    kill();
    throw error;
  }
  return { address: `127.0.0.1:${port}`, kill };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.end("PING\r\n"));
    socket.once("data", () => resolve(true)).once("error", () => resolve(false));
  });

/** Hands each connection to the next of these ports where somebody listens. */
async function inTurn(ports: readonly number[]): Promise<{ port: number; stop(): void }> {
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
  }).listen(0, "127.0.0.1");
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
