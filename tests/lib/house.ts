import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { realpathSync } from "node:fs";
import { mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { until } from "./wait.ts";

/** What `bin/start --json` prints once everything answers. Links of people only with `--demo`. */
export const ReadyLine = z.object({
  ready: z.literal(true),
  home: z.url(),
  office: z.url(),
  gallery: z.url(),
  meeting: z.string().nullish(),
  chair: z.url().nullish(),
  clerk: z.url().nullish(),
  members: z.array(z.url()).nullish(),
  citizen: z.url().nullish(),
});
export type ReadyLine = z.infer<typeof ReadyLine>;

export interface House {
  ready: ReadyLine;
  /** RAADHUIS_DATA, and `public/` in it. */
  data: string;
  publicFolder: string;
  port: number;
  /** Everything the house has said on stderr. */
  log(): string;
  /** Pids of the running processes by what they run: `server`, `sfu`, `gallery`, ... */
  processes(): Promise<{ pid: number; name: string }[]>;
  pidOf(name: string): Promise<number>;
  /** Ends it by SIGTERM and fails if it takes over ten seconds or leaves a process behind. Keeps the data folder. */
  stop(): Promise<void>;
  /** `stop`, and removes the data folder. */
  close(): Promise<void>;
}

export interface HouseOptions {
  args?: string[];
  env?: Record<string, string>;
  /** A data folder to start with again; fresh by default. */
  data?: string;
  port?: number;
  /** Runs the house by this command, as `ip netns exec x`. */
  through?: string[];
}

/** A house ends within ten seconds. */
const ENDING_MS = 10_000;

const ROOT = resolve(import.meta.dirname, "../..");
const PORTS = Number(process.env.RAADHUIS_TEST_PORTS ?? 27_000);

/** The media servers that the runner has put in place of the embedded one (tests/runner/cluster.ts), if it has. */
function cluster(): Record<string, string> {
  const { CLUSTER_URL, CLUSTER_KEY = "", CLUSTER_SECRET = "" } = process.env;
  if (!CLUSTER_URL) return {};
  return { LIVEKIT_URL: CLUSTER_URL, LIVEKIT_API_KEY: CLUSTER_KEY, LIVEKIT_API_SECRET: CLUSTER_SECRET };
}

/** Starts `bin/start --json` and waits for its line. What it says goes to `log()`, and into the error when it fails. */
export async function startHouse(options: HouseOptions = {}): Promise<House> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), "raadhuis-data-")));
  const port = options.port ?? (await freePorts());
  const [program = "", ...args] = [
    ...(options.through ?? []),
    join(ROOT, "bin/start"),
    "--json",
    ...(options.args ?? []),
  ];
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...inherited(), ...cluster(), RAADHUIS_DATA: data, PORT: `${port}`, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const log = () => Buffer.concat(said).toString();
  const stop = () => stopHouse(child, data, log);
  try {
    const ready = await readyLine(child, log);
    const processes = () => processesOf(data);
    return {
      ready,
      data,
      publicFolder: join(data, "public"),
      port,
      log,
      processes,
      async pidOf(name) {
        return until(`a process ${name}`, async () => (await processes()).find((one) => one.name === name)?.pid);
      },
      stop,
      async close() {
        await stop();
        await rm(unreleasedOf(data), { recursive: true, force: true });
        await rm(data, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

/** Where a house keeps what is not released yet (docs/architecture.md, "Files"); outlives it, so that nothing is lost. */
const unreleasedOf = (data: string): string =>
  join("/dev/shm", `raadhuis-${createHash("sha256").update(realpathSync(data)).digest("hex").slice(0, 16)}`);

/** The environment without the settings of whoever runs the tests. */
function inherited(): NodeJS.ProcessEnv {
  const own = /^(RAADHUIS_|LIVEKIT_|PORT$|GALLERY_PORT$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

function readyLine(child: ChildProcess, log: () => string): Promise<ReadyLine> {
  return new Promise((resolve, reject) => {
    let text = "";
    const late = setTimeout(
      () => reject(new Error(`The house was not ready within 300 s:\n${log().slice(-4000)}`)),
      300_000,
    );
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf("\n");
      if (end < 0) return;
      clearTimeout(late);
      try {
        resolve(ReadyLine.parse(JSON.parse(text.slice(0, end))));
      } catch (error) {
        reject(new Error(`Not a ready line: ${text.slice(0, end)}`, { cause: error }));
      }
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      clearTimeout(late);
      reject(new Error(`The house ended (${code ?? signal}) before it was ready:\n${log().slice(-4000)}`));
    });
  });
}

async function stopHouse(child: ChildProcess, data: string, log: () => string): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null;
  const exit = ended ? undefined : new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const deadline = setTimeout(() => child.kill("SIGKILL"), ENDING_MS);
  await exit;
  clearTimeout(deadline);
  const killed = !ended && child.signalCode === "SIGKILL";
  const left = await until(
    "no process left",
    async () => ((await processesOf(data)).length === 0 ? [] : null),
    20_000,
  ).catch(() => processesOf(data));
  for (const { pid } of left) process.kill(pid, "SIGKILL");
  if (killed) throw new Error(`The house did not end within ${ENDING_MS / 1000} s of SIGTERM:\n${log().slice(-2000)}`);
  if (left.length > 0) throw new Error(`The house left processes behind: ${JSON.stringify(left)}`);
}

/** Running processes whose RAADHUIS_DATA is this folder, whoever their parent is. */
async function processesOf(data: string): Promise<{ pid: number; name: string }[]> {
  const found: { pid: number; name: string }[] = [];
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const environment = await readFile(`/proc/${entry}/environ`, "utf8");
      if (!environment.split("\0").includes(`RAADHUIS_DATA=${data}`)) continue;
      const line = (await readFile(`/proc/${entry}/cmdline`, "utf8")).split("\0");
      await readlink(`/proc/${entry}/exe`);
      found.push({ pid: Number(entry), name: nameOf(line) });
    } catch {
      // It ended meanwhile, is a zombie, or is another user's.
    }
  }
  return found;
}

/** `packages/<name>/...` of the script it runs, or the program. */
function nameOf(line: string[]): string {
  for (const part of line.filter((one) => !one.startsWith("--"))) {
    const match = /packages\/([a-z]+)\/(?:src|dist)\/[^/]+$/.exec(part);
    if (match) return match[1]!;
  }
  return line[0] ?? "";
}

let next = PORTS + Math.floor(Math.random() * 90) * 10;

/** First of ten free neighbouring ports. */
export async function freePorts(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const first = next;
    next = PORTS + ((next - PORTS + 10) % 900);
    if (await areFree(first)) return first;
  }
  throw new Error(`No free ports from ${PORTS}`);
}

/** Whether a house could have this as its `PORT`. */
export async function areFree(first: number): Promise<boolean> {
  const free = await Promise.all([...[0, 1, 2].map((offset) => isFree(first + offset)), isFreeUdp(first + 2)]);
  return free.every(Boolean);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

function isFreeUdp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createSocket("udp4");
    probe.once("error", () => resolve(false));
    probe.bind(port, () => probe.close(() => resolve(true)));
  });
}
