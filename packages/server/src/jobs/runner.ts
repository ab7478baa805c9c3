import { randomInt } from "node:crypto";
import type { Log } from "../log.ts";
import type { Claimed, JobStore } from "../store/jobs.ts";
import { JobFailed, type Runnable } from "./kinds.ts";
import type { Secrets } from "./secrets.ts";

export interface Pace {
  /** How often it is looked for jobs, ms: others may have added them. */
  everyMs: number;
  /** How long a job is this server's without a word, ms: who dies is followed after it. */
  claimMs: number;
  /** The longest that one attempt may take, ms. */
  longestMs: number;
  /** Before the second attempt, and the longest before a later one: each time twice as long, give or take half. */
  firstPauseMs: number;
  longestPauseMs: number;
  mostAttempts: number;
  /** Jobs of one server at a time. */
  atOnce: number;
}

/** Ten attempts are some six hours: a mail server that is down for an evening costs nothing. */
const PACE: Pace = {
  ...{ everyMs: 1_000, claimMs: 60_000, longestMs: 10 * 60_000 },
  ...{ firstPauseMs: 10_000, longestPauseMs: 2 * 3600_000, mostAttempts: 10, atOnce: 2 },
};

/** For what is nearly done, before the house ends without it, ms. */
const GRACE_MS = 500;

interface RunnerOptions {
  jobs: Pick<JobStore, "claim" | "extend" | "done" | "failed" | "giveBack" | "bury">;
  kinds: readonly Runnable[];
  /** Asked for when one is needed: most houses have no key. */
  secrets: () => Secrets;
  log: Log;
  /** One that is not tried any more: the office is told. */
  onDead?: (job: { id: string; kind: string; error: string }) => void;
  pace?: Partial<Pace>;
}

/** How long until it is tried again, ms, after so many attempts. */
export function pauseAfter(attempts: number, { firstPauseMs, longestPauseMs }: Pace): number {
  const whole = Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs);
  return Math.round(whole / 2 + randomInt(whole + 1) / 2);
}

/** Does jobs of the kinds it knows, each at least once: whatever is found half done when a server has died is done again. */
export class JobRunner {
  readonly #options: RunnerOptions;
  readonly #kinds: ReadonlyMap<string, Runnable>;
  readonly #pace: Pace;
  readonly #running = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  #next: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #again = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#kinds = new Map(options.kinds.map((kind) => [kind.name, kind]));
    this.#pace = { ...PACE, ...options.pace };
  }

  start(): void {
    this.wake();
  }

  /** There may be something to do: looks at once. */
  wake(): void {
    if (this.#ending.signal.aborted || this.#kinds.size === 0) return;
    this.#again = true;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
      clearTimeout(this.#next);
      if (!this.#ending.signal.aborted) this.#next = setTimeout(() => this.wake(), this.#pace.everyMs);
    });
  }

  /** Nothing new is begun; what is being done is told to stop, and is done again by whoever comes next. */
  async stop(): Promise<void> {
    this.#ending.abort();
    clearTimeout(this.#next);
    await this.#looking;
    await Promise.all(this.#running);
  }

  async #look(): Promise<void> {
    while (this.#again && !this.#ending.signal.aborted) {
      this.#again = false;
      try {
        await this.#bury();
        while (this.#running.size < this.#pace.atOnce && !this.#ending.signal.aborted) {
          const job = await this.#options.jobs.claim([...this.#kinds.keys()], this.#pace.claimMs);
          if (!job) break;
          this.#begin(job);
        }
      } catch (error) {
        this.#options.log.warn({ err: error }, "jobs could not be looked for");
      }
    }
  }

  async #bury(): Promise<void> {
    for (const kind of this.#kinds.keys())
      for (const job of await this.#options.jobs.bury(kind, this.#pace.mostAttempts, "job.server-died"))
        this.#dead({ ...job, error: "job.server-died" });
  }

  #begin(job: Claimed): void {
    const running = this.#do(job)
      .catch((error) =>
        this.#options.log.warn({ err: error, job: job.id, kind: job.kind }, "what came of a job could not be written"),
      )
      .finally(() => {
        this.#running.delete(running);
        this.wake();
      });
    this.#running.add(running);
  }

  async #do(job: Claimed): Promise<void> {
    const { jobs, log } = this.#options;
    const lost = new AbortController();
    const claim = { since: performance.now(), lost };
    const extending = setInterval(() => this.#extend(job, claim), this.#pace.claimMs / 4);
    const tooLong = AbortSignal.timeout(this.#pace.longestMs);
    const signal = AbortSignal.any([lost.signal, tooLong, this.#ending.signal]);
    try {
      await untilAborted(signal, () => this.#run(job, signal));
      await jobs.done(job);
    } catch (error) {
      if (lost.signal.aborted) return;
      if (this.#ending.signal.aborted) return await jobs.giveBack(job);
      const failed =
        error instanceof JobFailed ? error : new JobFailed(tooLong.aborted ? "job.too-long" : "job.failed");
      const isDead = failed.final || job.attempts >= this.#pace.mostAttempts;
      const { id, kind, attempts } = job;
      log.warn({ job: id, kind, attempt: attempts, code: failed.code, ...whereOf(error) }, "a job failed");
      await jobs.failed(job, failed.code, isDead ? null : pauseAfter(job.attempts, this.#pace));
      if (isDead) this.#dead({ id: job.id, kind: job.kind, error: failed.code });
    } finally {
      clearInterval(extending);
    }
  }

  async #run({ id, kind, payload, key, attempts }: Claimed, signal: AbortSignal): Promise<void> {
    const text = key === null ? payload : this.#options.secrets().open({ text: payload, key }, `${kind}/${id}`);
    if (text === undefined) throw new JobFailed("job.key-lost", { final: true });
    await this.#kinds.get(kind)?.run(text, { id, attempt: attempts, signal });
  }

  #extend(job: Claimed, claim: { since: number; lost: AbortController }): void {
    const asked = performance.now();
    this.#options.jobs.extend(job, this.#pace.claimMs).then(
      (isOurs) => {
        if (isOurs) claim.since = asked;
        else claim.lost.abort();
      },
      (error) => {
        this.#options.log.warn({ err: error, job: job.id }, "a job's claim could not be extended");
        if (performance.now() - claim.since >= this.#pace.claimMs) claim.lost.abort();
      },
    );
  }

  #dead(job: { id: string; kind: string; error: string }): void {
    this.#options.log.error({ job: job.id, kind: job.kind, code: job.error }, "a job is not tried any more");
    this.#options.onDead?.(job);
  }
}

/** Where it was thrown, without its words: those of a mail server repeat whom it was for. */
function whereOf(error: unknown): { error?: string; at?: string[] } {
  if (!(error instanceof Error)) return {};
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  return { error: error.name, at: frames.map((line) => line.trim()) };
}

/** Whoever does not stop within a moment of being told to is not waited for. */
async function untilAborted(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      timer = setTimeout(() => reject(new Error("The job was told to stop.")), GRACE_MS);
    };
  });
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
    clearTimeout(timer);
  }
}
