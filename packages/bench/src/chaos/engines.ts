import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { freeTcpPort, startLiveKit } from "@raadhuis/tests/lib/livekit.ts";
import { AccessToken } from "livekit-server-sdk";

const root = join(import.meta.dirname, "../../../..");

/** A media server on loopback, running. */
export interface Engine {
  name: "raadhuis" | "livekit";
  /** `ws://127.0.0.1:port` */
  url: string;
  /** Where it takes media. */
  udpPort: number;
  ticket(room: string, identity: string): Promise<string>;
  stop(): Promise<void>;
}

const ticketsOf = (key: string, secret: string) => (room: string, identity: string) => {
  const token = new AccessToken(key, secret, { identity, ttl: 3600 });
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
  return token.toJwt();
};

/** Our media server alone, as the supervisor starts it. */
export async function startRaadhuis(): Promise<Engine> {
  const [key, secret] = ["chaos", "a secret of this benchmark and nobody else"];
  const port = await freeTcpPort();
  const child = spawn(process.execPath, [join(root, "packages/sfu/src/main.ts")], {
    env: {
      ...process.env,
      PORT: String(port - 2),
      RAADHUIS_UDP_PORTS: String(port),
      LIVEKIT_API_KEY: key,
      LIVEKIT_API_SECRET: secret,
      RAADHUIS_LOG: process.env.RAADHUIS_LOG ?? "warn",
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "message");
  return {
    name: "raadhuis",
    url: `ws://127.0.0.1:${port}`,
    udpPort: port,
    ticket: ticketsOf(key, secret),
    stop: () => end(child),
  };
}

/** LiveKit's server: RAADHUIS_TEST_LIVEKIT, or the one the set-up built. */
export async function startPeer(): Promise<Engine> {
  const program = process.env.RAADHUIS_TEST_LIVEKIT ?? join(root, ".cache/livekit-server");
  if (!existsSync(program)) throw new Error(`There is no LiveKit server at ${program}. Set RAADHUIS_TEST_LIVEKIT.`);
  const { url, udpPort, key, secret, stop } = await startLiveKit(program);
  return { name: "livekit", url, udpPort, ticket: ticketsOf(key, secret), stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
