import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** Path of LiveKit's own server, to compare with; tests that need it are skipped where it is not given. */
const LIVEKIT = process.env.RAADHUIS_TEST_LIVEKIT ?? "";
const OURS = new URL("../../../sfu/src/main.ts", import.meta.url);
const KEY = "devkey";
const SECRET = "secret-of-the-test-secret-of-the-test";

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
    rtc: {
      udp_port: port + 1,
      tcp_port: port + 2,
      use_external_ip: false,
      node_ip: "127.0.0.1",
      // Clients are told of some STUN server in any case, of Google's by default. Nobody listens at this one.
      stun_servers: [`127.0.0.1:${port + 1}`],
    },
    keys: { [KEY]: SECRET },
    logging: { level: "error" },
  });
  const child = spawn(LIVEKIT, ["--dev", "--config-body", config], { stdio: ["ignore", "ignore", "inherit"] });
  await reachable(port);
  return { url: `ws://127.0.0.1:${port}`, key: KEY, secret: SECRET, stop: () => ended(child) };
}

/** The house's own media server, as the supervisor would start it. Takes `port` + 2, TCP and UDP. */
export async function startOurs(port: number): Promise<MediaServer> {
  const settings = { PORT: `${port}`, LIVEKIT_API_KEY: KEY, LIVEKIT_API_SECRET: SECRET, RAADHUIS_LOG: "warn" };
  const child = fork(OURS, [], { env: { ...process.env, ...settings } });
  const [ready] = await once(child, "message");
  if (ready.type !== "ready") throw new Error(JSON.stringify(ready));
  return { url: `ws://127.0.0.1:${port + 2}`, key: KEY, secret: SECRET, stop: () => ended(child) };
}

async function reachable(port: number): Promise<void> {
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

/** At once: LiveKit's own way to end waits for everybody to leave. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}
