import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { AccessToken, RoomServiceClient, type VideoGrant } from "livekit-server-sdk";
import { Processes } from "./processes.ts";

/** A media server under contract: ours, started for the test, or any LiveKit named by CONTRACT_URL, _KEY and _SECRET. */
export interface ServerUnderTest {
  url: string;
  http: string;
  key: string;
  secret: string;
  /** Whether it is our own. What only ours is asked for is a test of its own, with `own`. */
  own: boolean;
  api: RoomServiceClient;
  ticket(identity: string, grant?: VideoGrant, options?: TicketOptions): Promise<string>;
  /** Process id of our own, where it is one process (RAADHUIS_SFU_PROCESSES). */
  pid: number | null;
  /** How our own has ended by itself; `null`: it runs. */
  ended(): string | null;
  stop(): Promise<void>;
}

export interface TicketOptions {
  ttl?: number;
  name?: string;
  metadata?: string;
  attributes?: Record<string, string>;
  /** What its holder is: "agent", "egress", ... */
  kind?: string;
}

/** Whether this run asks some LiveKit that was started elsewhere. */
const foreign = (process.env.CONTRACT_URL ?? "") !== "";

/**
 * Options of a test that is asked of our own server only: `it("...", own("LiveKit does so and so"), ...)`. The output shows
 * the reason, and it stands word for word in docs/livekit-compatibility.md under "Differences".
 */
export const own = (reason: string): { skip?: string } => (foreign ? { skip: `asked of ours only: ${reason}` } : {});

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

export async function serverUnderTest(environment: Record<string, string> = {}): Promise<ServerUnderTest> {
  const { CONTRACT_URL, CONTRACT_KEY, CONTRACT_SECRET } = process.env;
  if (CONTRACT_URL) return described(CONTRACT_URL, CONTRACT_KEY ?? "", CONTRACT_SECRET ?? "", elsewhere);
  const key = "contract";
  const secret = "a secret of the contract's own";
  const settings = { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret, RAADHUIS_LOG: "warn", ...environment };
  const count = Number(environment.RAADHUIS_SFU_PROCESSES ?? process.env.RAADHUIS_SFU_PROCESSES ?? 1);
  // Somebody else may take the port between our look and the start.
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    try {
      const own = count > 1 ? await several(port, count, settings) : await single(port, settings);
      return described(`ws://127.0.0.1:${port}`, key, secret, own);
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

async function single(port: number, settings: Record<string, string>): Promise<Own> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: String(port - 2), RAADHUIS_UDP_PORTS: String(port), ...settings },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await new Promise<void>((resolve, reject) => {
    child.once("message", (message) => {
      if (JSON.stringify(message).includes('"ready"')) resolve();
      else reject(new Error(`The media server did not start: ${JSON.stringify(message)}`));
    });
    child.once("exit", (code) => reject(new Error(`The media server ended with ${code}.`)));
  }).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  return one(child);
}

/** Our own, as one process or several. */
type Own = Pick<ServerUnderTest, "pid" | "ended" | "stop">;

const one = (child: ChildProcess): Own => {
  const over = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? null,
    ended: () => (over() ? `The media server ended with ${child.signalCode ?? child.exitCode}.` : null),
    async stop() {
      if (over()) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
};

async function several(port: number, count: number, settings: Record<string, string>): Promise<Own> {
  const processes = await Processes.start(port, count, settings);
  return {
    pid: null,
    ended: () => (processes.deaths.length > 0 ? `Processes ended: ${processes.deaths.join()}.` : null),
    stop: () => processes.stop(),
  };
}

const elsewhere: Own = { pid: null, ended: () => null, stop: async () => {} };

function described(url: string, key: string, secret: string, server: Own): ServerUnderTest {
  const http = url.replace(/^ws/, "http");
  return {
    url,
    http,
    key,
    secret,
    own: server !== elsewhere,
    pid: server.pid,
    ended: server.ended,
    api: new RoomServiceClient(http, key, secret),
    ticket(identity, grant = {}, { ttl = 60, kind, ...options } = {}) {
      const token = new AccessToken(key, secret, { identity, ttl, ...options });
      token.addGrant({ roomJoin: true, ...grant });
      if (kind !== undefined) token.kind = kind;
      return token.toJwt();
    },
    stop: server.stop,
  };
}

/**
 * A port of 127.0.0.1 that nobody has now, for TCP nor for UDP. Below those that systems give to whoever asks for any
 * (from 32768 on Linux): a browser's next socket cannot take it away.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 22_000);
    if ((await isFreeTcp(port)) && (await isFreeUdp(port))) return port;
  }
}

const isFreeTcp = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });

const isFreeUdp = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => resolve(false));
    socket.bind(port, () => socket.close(() => resolve(true)));
  });
