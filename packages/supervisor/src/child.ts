import { type ChildProcess, spawn } from "node:child_process";
import { FromChild, type SfuPart, type ToChild } from "@raadhuis/protocol/children";
import type { Logger } from "pino";
import { ended } from "./ended.ts";
import { Pauses } from "./pauses.ts";
import type { Spare } from "./spare.ts";
import { Watch } from "./watch.ts";

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
  /** For tests: it is asked for an answer this often, ms. */
  beatMs?: number;
  /** Takes its place when it dies, as this part. */
  spare?: { spare: Spare; part: SfuPart | undefined };
  onMessage: (message: FromChild) => void;
  /** It ended: for good (done, or it said that trying again is useless) or to be started again. */
  onEnd: (forGood: boolean) => void;
}

type Failed = Extract<FromChild, { type: "failed" }>;

/** One of the house's processes: started, listened to, started again when it dies or hangs, ended. */
export class Child {
  readonly #options: ChildOptions;
  readonly #pauses = new Pauses();
  #process: ChildProcess | null = null;
  #watch: Watch | null = null;
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
    this.#watch?.end();
    if (this.#process) await ended(this.#process, patience);
  }

  #start(): void {
    const { name, spare, log, mayFinish } = this.#options;
    const started = Date.now();
    this.#failed = null;
    const child = spare?.spare.take(spare.part) ?? this.#spawn();
    this.#process = child;
    child.on("message", (raw) => this.#hear(raw));
    child.on("error", (err) => log.error({ child: name, err }, "child could not be started or told"));
    child.once("exit", (code, signal) => {
      this.#process = null;
      this.#watch?.end();
      this.#watch = null;
      if (this.#stopping) return;
      const forGood = (mayFinish && code === 0) || this.#failed?.final === true;
      const pause = forGood ? null : this.#pauses.next(Date.now() - started);
      log.info({ child: name, childPid: child.pid, code, signal, pause }, "child ended");
      if (pause !== null) this.#again = setTimeout(() => this.#start(), pause);
      this.#options.onEnd(forGood);
    });
    log.info({ child: name, childPid: child.pid }, "child started");
  }

  #spawn(): ChildProcess {
    const { args, cwd, env, output } = this.#options;
    return spawn(process.execPath, args, { cwd, env, stdio: ["ignore", output, output, "ipc"] });
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
    if (message.data.type === "pong") this.#watch?.answered();
    if (message.data.type === "ready") {
      this.#options.spare?.spare.keep();
      this.#watchOver();
    }
    onMessage(message.data);
  }

  /** From when it answers: how long a start takes, nobody can say. */
  #watchOver(): void {
    const child = this.#process;
    if (!child?.pid || this.#watch || this.#stopping) return;
    const { pid } = child;
    const { name, log, beatMs } = this.#options;
    this.#watch = new Watch({
      pid,
      beatMs,
      ask: () => this.send({ type: "ping" }),
      hangs: () => {
        log.error({ child: name, childPid: pid }, "child hangs: it is killed");
        child.kill("SIGKILL");
      },
    });
  }
}
