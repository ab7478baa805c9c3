import { Serial } from "@raadhuis/process";
import type { FastifyInstance } from "fastify";
import type { Log } from "../log.ts";
import { Lives } from "./lives.ts";
import type { Part } from "./part.ts";

/** Whatever takes longer to stop is stuck, ms: one that is leaves the others their time, of the 3 s that all have (main.ts). */
const LONGEST_STOP_MS = 1_000;

/**
 * The parts of a house, in the order in which they are added: so they start, and in the reverse order they stop. Duties
 * are taken up and laid down in the same order, apart from that.
 */
export class Parts {
  readonly #parts: Part[] = [];
  readonly #lives: Lives;
  readonly #duties: Lives;
  /** Whatever is asked meanwhile waits. */
  readonly #turns = new Serial();
  #over = false;

  constructor(log: Log, longestStopMs = LONGEST_STOP_MS) {
    this.#lives = new Lives(log, longestStopMs);
    this.#duties = new Lives(log, longestStopMs);
  }

  add(part: Part): void {
    if (this.#parts.some(({ name }) => name === part.name)) throw new Error(`Two parts are called "${part.name}".`);
    this.#parts.push(part);
    this.#lives.add(part.name, part);
    if (part.duty) this.#duties.add(part.name, part.duty);
  }

  /** The same of a department that gives something to others beside its part. */
  with<Made extends { part: Part }>(made: Made): Made {
    this.add(made.part);
    return made;
  }

  async routes(app: FastifyInstance): Promise<void> {
    for (const part of this.#parts) await part.routes?.(app);
  }

  /** Throws PartFailed; then whatever had begun is stopped. */
  start(): Promise<void> {
    return this.#turns.run(() => this.#lives.start());
  }

  /** First all duties. Never fails; once it was called no duty is taken up any more. */
  stop(): Promise<void> {
    this.#over = true;
    return this.#turns.run(async () => {
      await this.#duties.stopTogether();
      await this.#lives.stop();
    });
  }

  /** What only one server process may do. Throws PartFailed; then none of it is done. */
  startDuty(): Promise<void> {
    return this.#turns.run(async () => {
      if (!this.#over) await this.#duties.start();
    });
  }

  /** All of it at once: whoever has it next may have begun. Never fails. */
  stopDuty(): Promise<void> {
    return this.#turns.run(() => this.#duties.stopTogether());
  }
}
