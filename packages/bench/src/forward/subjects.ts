import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AccessToken } from "livekit-server-sdk";
import type { Cipher } from "../load/cipher.ts";
import type { Worker } from "../load/workers.ts";
import { address } from "./network.ts";

const root = join(import.meta.dirname, "../../../..");

/** A server that forwards, running. */
export interface Subject {
  name: string;
  /** The process whose costs count. */
  pid: number;
  publish(worker: Worker, cipher: Cipher): Promise<unknown>;
  subscribe(worker: Worker, cipher: Cipher): Promise<unknown>;
  stop(): Promise<void>;
}

const key = "bench-key";
const secret = "bench-secret-of-more-than-32-characters";
export const apiKey = { key, secret };
let identities = 0;

/** A ticket to the room of the benchmark. */
export function ticket(room = "bench", identity = `load-${++identities}`): Promise<string> {
  const token = new AccessToken(key, secret, { identity, ttl: 3600 });
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
  return token.toJwt();
}

const liveKit = (name: string, url: string, child: ChildProcess, tidy = () => {}): Subject => {
  const tell = async (worker: Worker, cipher: Cipher, publishes: boolean) =>
    worker.tell({
      do: "livekit",
      cipher,
      url,
      address,
      token: await ticket(),
      publish: { audio: publishes, video: publishes },
      receive: publishes ? { audio: 0, video: 0 } : { audio: 1, video: 1 },
    });
  return {
    name,
    pid: child.pid ?? 0,
    publish: (worker, cipher) => tell(worker, cipher, true),
    subscribe: (worker, cipher) => tell(worker, cipher, false),
    stop: async () => {
      await end(child);
      tidy();
    },
  };
};

/** Our media server alone, as the supervisor starts it. `port`: TCP and UDP. `args`: of the runtime, on top. */
export async function startRaadhuis(
  port = 28_002,
  ip = address,
  args: string[] = [],
): Promise<Subject & { url: string; child: ChildProcess }> {
  const main = join(root, "packages/sfu/src/main.ts");
  const child = spawn(process.execPath, ["--max-semi-space-size=4", ...args, main], {
    env: {
      ...process.env,
      PORT: String(port - 2),
      RAADHUIS_UDP_PORTS: String(port),
      RAADHUIS_PUBLIC_IP: ip,
      RAADHUIS_LOG: "warn",
      LIVEKIT_API_KEY: key,
      LIVEKIT_API_SECRET: secret,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await started(child, once(child, "message"));
  const url = `ws://127.0.0.1:${port}`;
  return { ...liveKit("raadhuis", url, child), url, child };
}

/** LiveKit's server: RAADHUIS_TEST_LIVEKIT, or the one the set-up built. `through`: a command that starts it elsewhere. */
export async function startLiveKit({
  ip = address,
  through = [] as string[],
} = {}): Promise<Subject & { url: string }> {
  const program = process.env.RAADHUIS_TEST_LIVEKIT ?? join(root, ".cache/livekit-server");
  if (!existsSync(program)) throw new Error(`There is no LiveKit server at ${program}. Set RAADHUIS_TEST_LIVEKIT.`);
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-bench-"));
  const config = join(folder, "livekit.yaml");
  writeFileSync(
    config,
    `port: 7880
bind_addresses: ["127.0.0.1"]
keys: { "${key}": "${secret}" }
rtc: { udp_port: 7882, tcp_port: 7881, node_ip: { ipv4: "${ip}" }, use_external_ip: false }
logging: { level: error }
`,
  );
  const [command = "", ...args] = [...through, program, "--config", config];
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (through.length === 0) await started(child, reachable("http://127.0.0.1:7880/", child));
  const url = "ws://127.0.0.1:7880";
  return { ...liveKit("livekit", url, child, () => rmSync(folder, { recursive: true, force: true })), url };
}

/** Janus of the distribution, with nothing but its videoroom. */
export async function startJanus(): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-bench-"));
  const port = 8188;
  const plain = [
    "general: {",
    `  plugins_folder = "${libraries("plugins")}"`,
    `  transports_folder = "${libraries("transports")}"`,
    '  events_folder = "/nowhere"',
    '  loggers_folder = "/nowhere"',
    "  debug_level = 2",
    "}",
    'plugins: { disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so" }',
    'transports: { disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so" }',
    "media: { }",
    `nat: { ice_enforce_list = "${address}" }`,
  ];
  writeFileSync(join(folder, "janus.jcfg"), plain.join("\n"));
  writeFileSync(
    join(folder, "janus.transport.websockets.jcfg"),
    `general: { ws = true, ws_port = ${port}, ws_ip = "${address}" }\n`,
  );
  writeFileSync(join(folder, "janus.plugin.videoroom.jcfg"), "general: { }\n");
  const child = spawn("janus", ["--configs-folder", folder, "--disable-colors"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  await started(child, reachable(`http://${address}:${port}/`, child));
  const tell = (worker: Worker, cipher: Cipher, publish: boolean) =>
    worker.tell({ do: "janus", cipher, url: `ws://${address}:${port}`, address, publish });
  return {
    name: "janus",
    pid: child.pid ?? 0,
    publish: (worker, cipher) => tell(worker, cipher, true),
    subscribe: (worker, cipher) => tell(worker, cipher, false),
    stop: async () => {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const libraries = (kind: string): string => {
  const found = [`/usr/lib/x86_64-linux-gnu/janus/${kind}`, `/usr/lib/aarch64-linux-gnu/janus/${kind}`].find(
    existsSync,
  );
  if (!found) throw new Error("Janus is not here: apt-get install janus.");
  return found;
};

/** The addon of the floor, compiled with the compiler the media server needs anyway. */
export function compileFloor(): string {
  const folder = join(root, ".cache/bench");
  mkdirSync(folder, { recursive: true });
  const addon = join(folder, "floor.node");
  const headers = join(root, `node_modules/node-linux-${process.arch}/include/node`);
  const source = join(import.meta.dirname, "floor.c");
  execFileSync("gcc", ["-O2", "-march=native", "-shared", "-fPIC", "-I", headers, "-o", addon, source], {
    stdio: "inherit",
  });
  return addon;
}

/** The floor, sending to these ports for so long. */
export function startFloor(addon: string, ports: number[], seconds: number): { pid: number; stop(): Promise<void> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, "floorProcess.ts")], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.send({ addon, address, ports, seconds });
  return { pid: child.pid ?? 0, stop: () => end(child) };
}

const startWithinMs = 20_000;

/** Until it is there; ended when it does not come. */
async function started(child: ChildProcess, ready: Promise<unknown>): Promise<void> {
  const abort = new AbortController();
  try {
    await Promise.race([
      ready,
      once(child, "exit", { signal: abort.signal }).then(() => {
        throw new Error(`${child.spawnfile} ended at once.`);
      }),
      sleep(startWithinMs, null, { signal: abort.signal }).then(() => {
        throw new Error(`${child.spawnfile} did not start within 20 s.`);
      }),
    ]);
  } catch (error) {
    await end(child);
    throw error;
  } finally {
    abort.abort();
  }
}

async function reachable(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended at once.`);
    try {
      await fetch(url, { signal: AbortSignal.timeout(1000) });
      return;
    } catch (error) {
      // Whatever it answers, it listens.
      if (
        error instanceof TypeError &&
        error.cause instanceof Error &&
        !("code" in error.cause && error.cause.code === "ECONNREFUSED")
      )
        return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`${url} does not answer.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
