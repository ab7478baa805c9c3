import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { until } from "./wait.ts";

/** Namespaces and links need root. */
export const needsRoot = process.getuid?.() === 0 ? false : "network namespaces need root";

/** A machine of its own: a network namespace. */
export class Machine {
  readonly name: string;
  readonly #servers: Server[] = [];

  constructor(name: string) {
    this.name = name;
    ip("netns", "add", name);
    ip("-n", name, "link", "set", "lo", "up");
  }

  /** Runs some JavaScript there, and gives what it printed. */
  run(script: string): Promise<string> {
    const args = ["netns", "exec", this.name, process.execPath, "--input-type=module", "-e", script];
    return promisify(execFile)("ip", args, { timeout: 15_000 }).then(({ stdout }) => stdout);
  }

  /** Starts a program there; ends when it has printed this, or fails with all it has printed. */
  async startProgram(program: string, args: readonly string[], ready: RegExp): Promise<ChildProcess> {
    const child = spawn("ip", ["netns", "exec", this.name, program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => {
        printed += data.toString();
      });
    await until(
      () => `${program}: ${printed}`,
      () => ready.test(printed),
    );
    return child;
  }

  /** What listens on this port of our own loopback listens on the same of that machine's. */
  async reaches(port: number): Promise<void> {
    const path = join(tmpdir(), `${this.name}-${port}.sock`);
    const server = createServer((near) => {
      const far = connect(port, "127.0.0.1");
      for (const socket of [near, far]) socket.on("error", () => [near, far].forEach((one) => void one.destroy()));
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    this.#servers.push(server);
    await this.startProgram(
      process.execPath,
      [fileURLToPath(new URL("pipe.ts", import.meta.url)), String(port), path],
      /listening/,
    );
  }

  /** Takes one of its links away, or brings it back. */
  link(device: string, state: "up" | "down"): void {
    ip("-n", this.name, "link", "set", device, state);
  }

  stop(): void {
    for (const server of this.#servers) server.close();
    // All of them, with what they started: nginx leaves its workers when it is killed, and they its pipes open.
    for (const pid of ip("netns", "pids", this.name).split("\n").filter(Boolean)) end(Number(pid));
    ip("netns", "delete", this.name);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended since.
  }
}

/** Takes away machines of test files that ended before they could: their addresses are ours, too. */
export function removeForgotten(): void {
  for (const { name } of JSON.parse(ip("-json", "netns", "list") || "[]") as { name: string }[]) {
    const owner = /^raadhuis-(\d+)-/.exec(name)?.[1];
    if (owner !== undefined && !existsSync(`/proc/${owner}`)) ip("netns", "delete", name);
  }
}

/** An end of a link: on a machine, or on our own (`null`). Addresses with their prefix length. */
export interface End {
  machine: Machine | null;
  device: string;
  addresses: readonly string[];
}

/** Joins two machines by a cable. It goes with the namespaces. */
export function joinMachines(one: End, other: End): void {
  ip("link", "add", one.device, "type", "veth", "peer", "name", other.device);
  for (const { machine, device, addresses } of [one, other]) {
    if (machine) ip("link", "set", device, "netns", machine.name);
    const there = machine ? ["-n", machine.name] : [];
    // Without duplicate address detection an address of IPv6 is there at once.
    for (const address of addresses)
      ip(...there, "address", "add", address, "dev", device, ...(address.includes(":") ? ["nodad"] : []));
    ip(...there, "link", "set", device, "up");
  }
}

/** coturn on a machine, by the configuration we ship. @param settings in place of those of the file */
export async function startRelay(
  machine: Machine,
  settings: Readonly<Record<string, readonly string[]>>,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-relay-"));
  const { key, cert } = makeCertificate(folder, "DNS:relay.example");
  const shipped = deployed("turnserver.conf");
  const changed: Record<string, readonly string[]> = { ...settings, cert: [cert], pkey: [key] };
  const kept = shipped.split("\n").filter((line) => !Object.hasOwn(changed, line.split("=")[0] ?? ""));
  const own = Object.entries(changed).flatMap(([name, values]) =>
    values.map((value) => (value === "" ? name : `${name}=${value}`)),
  );
  const file = join(folder, "turnserver.conf");
  writeFileSync(
    file,
    [...kept, ...own, `pidfile=${join(folder, "pid")}`, `userdb=${join(folder, "db")}`, ""].join("\n"),
  );
  await machine.startProgram(
    "turnserver",
    ["-c", file, "--log-file", "stdout"],
    /Total General servers|turn server id=0 created|IO method/,
  );
  return folder;
}

const streamModule = "/usr/lib/nginx/modules/ngx_stream_module.so";
/** Debian's nginx can be had without it. */
export const needsStreamModule = existsSync(streamModule)
  ? false
  : "nginx has no stream module here (libnginx-mod-stream)";

/** nginx on a machine, by the configuration we ship: port 443 shared by names. */
export async function startSharedPort(machine: Machine): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-nginx-"));
  const { key, cert } = makeCertificate(folder, "DNS:chamber.example");
  const file = join(folder, "nginx.conf");
  const text = deployed("nginx-443.conf")
    .replaceAll(/\/etc\/raadhuis\/\w+\.pem/g, cert)
    .replaceAll(/\/etc\/raadhuis\/\w+\.key/g, key)
    .replace("/run/nginx.pid", join(folder, "pid"))
    // So that it says when it is there.
    .replace(/^error_log .*$/m, "error_log stderr notice;");
  writeFileSync(file, text);
  await machine.startProgram("nginx", ["-c", file, "-e", "stderr", "-g", "daemon off;"], /start worker process/);
  return folder;
}

const deployed = (name: string): string => readFileSync(new URL(`../../../../deploy/${name}`, import.meta.url), "utf8");

function makeCertificate(folder: string, name: string): { key: string; cert: string } {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=raadhuis", "-addext", `subjectAltName=${name}`];
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2"];
  execFileSync("openssl", [...args, ...subject], { stdio: "ignore" });
  return { key, cert };
}

/** A program that runs Chromium on that machine. */
export function chromiumOn(machine: Machine, folder: string): string {
  const path = join(folder, `chromium-${machine.name}`);
  writeFileSync(
    path,
    `#!/bin/sh\nexec ip netns exec ${machine.name} ${process.env.CHROMIUM ?? "/usr/bin/chromium"} "$@"\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

const ip = (...args: string[]): string => execFileSync("ip", args, { stdio: ["ignore", "pipe", "pipe"] }).toString();
