import type { Log } from "../log.ts";

/** What begins and ends; without `start` it has begun when it is made. */
export interface Life {
  start?(): void | Promise<void>;
  stop?(): void | Promise<void>;
}

/** A part could not start; `cause` says why. */
export class PartFailed extends Error {
  readonly part: string;

  constructor(part: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : "for no reason that it told";
    super(`"${part}" could not start: ${why}`, { cause });
    this.name = "PartFailed";
    this.part = part;
  }
}

interface Lived {
  part: string;
  life: Life;
  begun: boolean;
}

/** Starts in order what is added, and stops in the reverse order what has begun. Whoever calls waits for one before the other. */
export class Lives {
  readonly #all: Lived[] = [];
  readonly #log: Log;
  readonly #longestStopMs: number;

  constructor(log: Log, longestStopMs: number) {
    this.#log = log;
    this.#longestStopMs = longestStopMs;
  }

  add(part: string, life: Life): void {
    this.#all.push({ part, life, begun: !life.start });
  }

  /** Throws PartFailed; then all that had begun is stopped. */
  async start(): Promise<void> {
    for (const one of this.#all) {
      if (one.begun) continue;
      try {
        await one.life.start?.();
        one.begun = true;
      } catch (error) {
        await this.stop();
        throw new PartFailed(one.part, error);
      }
    }
  }

  /** Never fails: what does not stop, or not in time, keeps no other from stopping. */
  async stop(): Promise<void> {
    for (const one of this.#toStop()) await this.#stopInTime(one);
  }

  /** The same of what does not wait for each other to stop: all of it begins to stop before this returns. */
  async stopTogether(): Promise<void> {
    await Promise.all(this.#toStop().map((one) => this.#stopInTime(one)));
  }

  #toStop(): Lived[] {
    const begun = this.#all.filter(({ begun }) => begun).reverse();
    for (const one of begun) one.begun = false;
    return begun;
  }

  async #stopInTime({ part, life }: Lived): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<"late">();
    const timer = setTimeout(() => resolve("late"), this.#longestStopMs);
    try {
      const stopped = await Promise.race([life.stop?.(), late]);
      if (stopped === "late") this.#log.error({ part }, "a part did not stop in time");
    } catch (error) {
      this.#log.error({ err: error, part }, "a part did not stop");
    } finally {
      clearTimeout(timer);
    }
  }
}
