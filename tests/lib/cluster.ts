import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFront } from "./front.ts";
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
    const front = await startFront(started.map(({ url }) => Number(new URL(url).port)));
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
