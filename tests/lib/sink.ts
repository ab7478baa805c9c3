import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { run } from "./media.ts";

/**
 * A network of one machine: a namespace with a veth address, whose default route and resolver end in a second
 * namespace that forwards nothing and records every packet and every name asked. Needs root and tcpdump.
 */
export interface Sink {
  /** Put before a command to run it inside. */
  through: string[];
  /** The machine's own address there. */
  address: string;
  /** Every packet that left the machine so far, as tcpdump tells it. */
  packets(): string[];
  /** Every name that was asked of the resolver so far. */
  names(): string[];
  close(): Promise<void>;
}

export interface SinkOptions {
  /** Without a route nothing can leave, not even by mistake. */
  route: boolean;
}

export const needsRoot = process.getuid?.() === 0 ? false : "network namespaces need root";

const NET = "10.77.0";
/** The kernel's own word to the next router when a browser listens for mDNS. What is asked by mDNS itself is recorded. */
const MEMBERSHIP = / > 224\.0\.0\.22: igmp/;

export async function openSink({ route }: SinkOptions): Promise<Sink> {
  const inside = `raadhuis-${process.pid}-in`;
  const outside = `raadhuis-${process.pid}-out`;
  const ip = (...args: string[]) => run("ip", args);
  const within = (namespace: string, ...args: string[]) => run("ip", ["netns", "exec", namespace, ...args]);
  const resolver = join("/etc/netns", inside);
  const children: ChildProcess[] = [];
  const close = async () => {
    for (const child of children) child.kill("SIGKILL");
    for (const namespace of [inside, outside]) await ip("netns", "delete", namespace).catch(() => undefined);
    await rm(resolver, { recursive: true, force: true });
  };
  await close();
  try {
    for (const namespace of [inside, outside]) {
      await ip("netns", "add", namespace);
      // Before the link comes up: neighbour discovery of IPv6 is the kernel's own and would be recorded.
      await within(
        namespace,
        "sysctl",
        "-qw",
        "net.ipv6.conf.all.disable_ipv6=1",
        "net.ipv6.conf.default.disable_ipv6=1",
      );
      await ip("-n", namespace, "link", "set", "lo", "up");
    }
    await ip("-n", inside, "link", "add", "eth0", "type", "veth", "peer", "name", "sink0", "netns", outside);
    await ip("-n", inside, "address", "add", `${NET}.2/24`, "dev", "eth0");
    await ip("-n", outside, "address", "add", `${NET}.1/24`, "dev", "sink0");
    // ip netns exec lays this file over /etc/resolv.conf.
    await mkdir(resolver, { recursive: true });
    await writeFile(join(resolver, "resolv.conf"), `nameserver ${NET}.1\noptions timeout:1 attempts:1\n`);
    await ip("-n", outside, "link", "set", "sink0", "up");
    const packets = await lines(
      ["tcpdump", "-i", "sink0", "-n", "-l", "-q"],
      "stdout",
      /listening on/,
      outside,
      children,
    );
    const program = [process.execPath, resolve(import.meta.dirname, "resolver.ts"), `${NET}.1`];
    const names = await lines(program, "stdout", /resolver ready/, outside, children);
    await ip("-n", inside, "link", "set", "eth0", "up");
    if (route) await ip("-n", inside, "route", "add", "default", "via", `${NET}.1`);
    return {
      through: ["ip", "netns", "exec", inside],
      address: `${NET}.2`,
      packets: () => packets.filter((line) => !MEMBERSHIP.test(line)),
      names: () => [...names],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs a program in a namespace and gathers its lines, once it has said on stderr that it is ready. */
async function lines(
  command: string[],
  stream: "stdout",
  ready: RegExp,
  namespace: string,
  children: ChildProcess[],
): Promise<string[]> {
  const child = spawn("ip", ["netns", "exec", namespace, ...command], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  const gathered: string[] = [];
  let rest = "";
  child[stream].on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split("\n");
    rest = parts.pop() ?? "";
    gathered.push(...parts);
  });
  await new Promise<void>((resolve, reject) => {
    let said = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${command[0]} ended with ${code}: ${said}`)));
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (ready.test(said)) resolve();
    });
  });
  return gathered;
}
