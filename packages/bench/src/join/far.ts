import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";

/** A network of its own behind a wire that takes its time, and the way to start programs in it. */
export interface FarNetwork {
  /** Of the other end, seen from here. */
  address: string;
  /** Runs a program there: this before its own name. */
  through: string[];
  /** `localhost:port` there is reached at `localhost:port` here, over the wire: browsers give cameras to localhost only. */
  reach(port: number): Promise<void>;
  close(): Promise<void>;
}

const here = "10.78.0.1";
const there = "10.78.0.2";

/** @param roundTripMs what a packet takes there and back */
export async function farNetwork(roundTripMs: number): Promise<FarNetwork> {
  const children: ChildProcess[] = [];
  const doors: Server[] = [];
  // Whoever lives in a network keeps it; "ready" says that it is one of its own by now.
  const keeper = spawn("unshare", ["--net", "sh", "-c", "echo ready; exec sleep infinity"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(keeper);
  await once(keeper.stdout, "data");
  const through = ["nsenter", `--net=/proc/${keeper.pid}/ns/net`];
  const run = (command: string[]) =>
    execFileSync(command[0] ?? "", command.slice(1), { stdio: ["ignore", "ignore", "inherit"] });

  const wire = spawn(compiled(), [String(keeper.pid), String(roundTripMs / 2)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(wire);
  await once(wire.stdout, "data");
  for (const [address, prefix] of [
    [here, []],
    [there, through],
  ] as const) {
    run([...prefix, "ip", "address", "add", `${address}/24`, "dev", "far0"]);
    run([...prefix, "ip", "link", "set", "far0", "up", "txqueuelen", "5000"]);
    run([...prefix, "ip", "link", "set", "lo", "up"]);
  }
  return {
    address: there,
    through,
    async reach(port) {
      const [program = "", ...args] = [...through, process.execPath, join(import.meta.dirname, "door.ts")];
      const far = spawn(program, [...args, there, String(port), "127.0.0.1"], { stdio: ["ignore", "pipe", "inherit"] });
      children.push(far);
      await once(far.stdout, "data");
      doors.push(await openDoor("127.0.0.1", port, there));
    },
    async close() {
      for (const door of doors) door.close();
      for (const child of children) child.kill("SIGKILL");
    },
  };
}

/** Passes on TCP connections from one address to the same port of another. */
export async function openDoor(from: string, port: number, to: string): Promise<Server> {
  const server = createServer({ noDelay: true }, (socket) => {
    const onward = connect({ host: to, port, noDelay: true });
    socket.pipe(onward).pipe(socket);
    socket.on("error", () => onward.destroy());
    onward.on("error", () => socket.destroy());
  });
  server.listen(port, from);
  await once(server, "listening");
  return server;
}

function compiled(): string {
  const folder = join(import.meta.dirname, "../../../../.cache/bench");
  mkdirSync(folder, { recursive: true });
  const program = join(folder, "delay");
  execFileSync("gcc", ["-O2", "-o", program, join(import.meta.dirname, "delay.c")], { stdio: "inherit" });
  return program;
}
