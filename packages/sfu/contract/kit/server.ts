import { type ChildProcess, spawn } from "node:child_process";
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
  const port = await freePort();
  const settings = { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret, RAADHUIS_LOG: "warn", ...environment };
  const count = Number(environment.RAADHUIS_SFU_PROCESSES ?? process.env.RAADHUIS_SFU_PROCESSES ?? 1);
  if (count > 1) return described(`ws://127.0.0.1:${port}`, key, secret, await several(port, count, settings));
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
  });
  return described(`ws://127.0.0.1:${port}`, key, secret, one(child));
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
    ticket(identity, grant = {}, { ttl = 60, ...options } = {}) {
      const token = new AccessToken(key, secret, { identity, ttl, ...options });
      token.addGrant({ roomJoin: true, ...grant });
      return token.toJwt();
    },
    stop: server.stop,
  };
}

/** A TCP port that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
