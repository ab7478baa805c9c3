import { type ChildProcess, spawn } from "node:child_process";
import { FromChild, type ToChild, type ToSpare } from "@raadhuis/protocol";
import type { Logger } from "pino";
import { Pauses } from "./pauses.ts";

export interface ChildOptions {
  name: string;
  /** Arguments of the runtime: its flags, and the file to run. */
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** File descriptor that takes what the child prints. */
  output: number;
  log: Logger;
  /** Exit 0 means that its work is done; otherwise it should have gone on. */
  mayFinish: boolean;
  /** Another one is kept that has loaded all it needs: it takes over in moments, however busy the machine is. */
  spare?: boolean;
  onMessage: (message: FromChild) => void;
  /** It ended: for good (done, or it said that trying again is useless) or to be started again. */
  onEnd: (forGood: boolean) => void;
}

type Failed = Extract<FromChild, { type: "failed" }>;

/** One of the house's processes: started, listened to, started again when it dies, ended. */
export class Child {
  readonly #options: ChildOptions;
  readonly #pauses = new Pauses();
  #process: ChildProcess | null = null;
  #spare: ChildProcess | null = null;
  #again: NodeJS.Timeout | null = null;
  #stopping = false;
  #failed: Failed | null = null;

  constructor(options: ChildOptions) {
    this.#options = options;
    this.#start();
  }

  /** Why it could not start, in its own words, if it said so. */
  get failure(): Failed | null {
    return this.#failed;
  }

  send(message: ToChild): void {
    if (this.#process?.connected) this.#process.send(message, () => {}); // it may die while we speak
  }

  /** Resolves when it is gone: SIGTERM, and SIGKILL after `patience` ms. */
  async stop(patience: number): Promise<void> {
    this.#stopping = true;
    if (this.#again) clearTimeout(this.#again);
    await Promise.all([this.#process, this.#spare].map((child) => child && ended(child, patience)));
  }

  #start(): void {
    const { name, env, log, mayFinish } = this.#options;
    const started = Date.now();
    this.#failed = null;
    const child = this.#takeSpare() ?? this.#spawn(env);
    this.#process = child;
    child.on("message", (raw) => this.#hear(raw));
    child.on("error", (err) => log.error({ child: name, err }, "child could not be started or told"));
    child.once("exit", (code, signal) => {
      this.#process = null;
      if (this.#stopping) return;
      const forGood = (mayFinish && code === 0) || this.#failed?.final === true;
      const pause = forGood ? null : this.#pauses.next(Date.now() - started);
      log.info({ child: name, childPid: child.pid, code, signal, pause }, "child ended");
      if (pause !== null) this.#again = setTimeout(() => this.#start(), pause);
      this.#options.onEnd(forGood);
    });
    log.info({ child: name, childPid: child.pid }, "child started");
  }

  #spawn(env: NodeJS.ProcessEnv): ChildProcess {
    const { args, cwd, output } = this.#options;
    return spawn(process.execPath, args, { cwd, env, stdio: ["ignore", output, output, "ipc"] });
  }

  #keepSpare(): void {
    if (!this.#options.spare || this.#spare || this.#stopping) return;
    const spare = this.#spawn({ ...this.#options.env, RAADHUIS_SPARE: "1" });
    const lost = () => {
      if (this.#spare === spare) this.#spare = null;
    };
    spare.once("exit", lost).once("error", lost);
    this.#spare = spare;
  }

  #takeSpare(): ChildProcess | null {
    const spare = this.#spare;
    this.#spare = null;
    if (!spare?.connected) return null;
    spare.send({ type: "begin" } satisfies ToSpare, () => {}); // it may die while we speak
    return spare;
  }

  #hear(raw: unknown): void {
    const { name, log, onMessage } = this.#options;
    const message = FromChild.safeParse(raw);
    if (!message.success) {
      log.warn({ child: name }, "child said something unknown");
      return;
    }
    if (message.data.type === "failed") {
      this.#failed = message.data;
      log.error({ child: name, code: message.data.code, final: message.data.final }, "child failed");
    }
    if (message.data.type === "ready") this.#keepSpare();
    onMessage(message.data);
  }
}

async function ended(child: ChildProcess, patience: number): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const last = setTimeout(() => child.kill("SIGKILL"), patience);
  await gone;
  clearTimeout(last);
}
