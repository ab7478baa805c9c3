import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const LIVEKIT = "/opt/livekit/bin/server";

export interface MediaServer {
  url: string;
  key: string;
  secret: string;
  stop(): Promise<void>;
}

export const livekitIsHere = existsSync(LIVEKIT);

/** A LiveKit server of its own, for the length of a test. `port`: TCP; the two after it and UDP are taken too. */
export async function startLivekit(port: number): Promise<MediaServer> {
  const config = JSON.stringify({
    port,
    bind_addresses: ["127.0.0.1"],
    rtc: { udp_port: port + 1, tcp_port: port + 2, use_external_ip: false, node_ip: "127.0.0.1" },
    keys: { devkey: "secret-of-the-test-secret-of-the-test" },
    logging: { level: "error" },
  });
  const child = spawn(LIVEKIT, ["--dev", "--config-body", config], { stdio: ["ignore", "ignore", "inherit"] });
  await reachable(port);
  return {
    url: `ws://127.0.0.1:${port}`,
    key: "devkey",
    secret: "secret-of-the-test-secret-of-the-test",
    stop: () => ended(child),
  };
}

export async function reachable(port: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.on("connect", () => socket.end());
    });
    if (open) return;
    if (tries > 200) throw new Error(`Nothing listens on ${port}.`);
    await wait(50);
  }
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
}
