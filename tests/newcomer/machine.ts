import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { until } from "../lib/wait.ts";
import { startApart } from "./apart.ts";

/** A machine without a kernel: a folder that is the root of all that runs in it. */
export interface Machine {
  root: string;
  /** Of everything that runs there. */
  env: Readonly<Record<string, string>>;
  /** Folders of this machine that are seen there, read only. */
  binds: readonly string[];
}

/** As long as processes may go on after the command that started them, ms. */
const ENDING_MS = 10_000;

/** A command that runs on a machine. The network is this machine's. */
export class Run {
  readonly #child: ReturnType<typeof startApart>;
  readonly #status: Promise<number>;
  readonly #firstLine: Promise<string>;
  #lastLine = "";

  /** @param folder where it runs, on that machine. @param hear gets all it says, as it comes */
  constructor(machine: Machine, folder: string, command: readonly string[], hear: (said: Buffer) => void) {
    const enter = ["bash", join(import.meta.dirname, "enter.sh"), machine.root, folder, ...machine.binds, "--"];
    this.#child = startApart([...enter, ...command], machine.env);
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.on("data", hear);
    const lines = createInterface({ input: this.#child.stdout });
    this.#firstLine = new Promise((resolve) => lines.once("line", resolve));
    lines.on("line", (line) => {
      if (line.trim() !== "") this.#lastLine = line;
    });
    this.#status = statusOf(this.#child);
    this.#status.catch(() => undefined);
  }

  /** The first line of its standard output; `null`: it ended without one. */
  firstLine(): Promise<string | null> {
    return Promise.race([this.#firstLine, this.#status.then(() => null)]);
  }

  /** The last one so far that is not empty. */
  get lastLine(): string {
    return this.#lastLine;
  }

  /** Asks the command to end, by SIGTERM. */
  stop(): void {
    process.kill(firstIn(this.#child), "SIGTERM");
  }

  /** How the command ended, and what it left running for so long (command lines), which is ended then. */
  async ended(patience = ENDING_MS): Promise<{ status: number; left: string[] }> {
    const status = await this.#status;
    const first = firstIn(this.#child);
    const left = () => commandsBeside(first);
    await until("all to end", () => left().length === 0, patience).catch(() => undefined);
    const stayed = left();
    this.#child.stdin.end();
    await once(this.#child, "close");
    return { status, left: stayed };
  }
}

/** enter.sh tells how its command ended; where it says nothing it could not even begin. */
async function statusOf(child: ChildProcess): Promise<number> {
  const told = child.stdio[3];
  if (!(told instanceof Readable)) throw new Error("There is nowhere to hear of the end.");
  for await (const line of createInterface({ input: told })) return Number(line);
  throw new Error("A newcomer's machine could not be entered, or ended in the middle.");
}

/** The first process in the namespaces: the one child of unshare. */
const firstIn = ({ pid }: ChildProcess): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim());

/** What runs in the same process namespace as this one: command lines. */
function commandsBeside(first: number): string[] {
  const namespace = (pid: number | string) => readlinkSync(`/proc/${pid}/ns/pid`);
  const own = namespace(first);
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === first) return [];
    try {
      if (namespace(pid) !== own) return [];
      const line = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return line === "" ? [] : [line]; // A zombie has none.
    } catch {
      return []; // It has ended meanwhile.
    }
  });
}
