import { type ChildProcess, spawn } from "node:child_process";
import type { SfuPart, ToSpare } from "@raadhuis/protocol/children";

export interface SpareOptions {
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** File descriptor that takes what it prints. */
  output: number;
}

/** Until a new one is made ready, ms: who takes a place that was lost, and those who come back to it, have the processor first. */
const LATER = 2000;

/** A process that has loaded all it needs and waits: it takes the place of one that died in moments, however busy the machine is. */
export class Spare {
  readonly #options: SpareOptions;
  #process: ChildProcess | null = null;
  #later: NodeJS.Timeout | null = null;
  #stopping = false;

  constructor(options: SpareOptions) {
    this.#options = options;
  }

  /** Has one wait before long, if none does. */
  keep(): void {
    if (this.#process || this.#stopping) return;
    this.#later ??= setTimeout(() => this.#prepare(), LATER);
  }

  #prepare(): void {
    this.#later = null;
    const { args, env, cwd, output } = this.#options;
    const waiting = spawn(process.execPath, args, {
      cwd,
      env: { ...env, RAADHUIS_SPARE: "1" },
      stdio: ["ignore", output, output, "ipc"],
    });
    const lost = () => {
      if (this.#process === waiting) this.#process = null;
    };
    waiting.once("exit", lost).once("error", lost);
    this.#process = waiting;
  }

  /** The one that waits, told to begin as this part. `null`: none does. */
  take(part: SfuPart | undefined): ChildProcess | null {
    const taken = this.#process;
    this.#process = null;
    if (!taken?.connected) return null;
    const begin: ToSpare = { type: "begin", ...(part === undefined ? {} : { part }) };
    taken.send(begin, () => {}); // it may die while we speak
    return taken;
  }

  /** No other waits from now on. Gives the one that does, to be ended. */
  stop(): ChildProcess | null {
    this.#stopping = true;
    if (this.#later) clearTimeout(this.#later);
    return this.#process;
  }
}
