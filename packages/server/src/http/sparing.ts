import { Limiter } from "./limiter.ts";

/** For lines of the log that anybody can cause: a hundred at once, and then one a second that says how many were not. */
export class Sparing {
  readonly #lines: Limiter;
  #unsaid = 0;

  constructor(now?: () => number) {
    this.#lines = new Limiter({ burst: 100, everyMs: 1_000, ...(now ? { now } : {}) });
  }

  /** `say` is called with what belongs into the line besides, or not at all. */
  say(say: (more: { unsaid?: number }) => void): void {
    if (!this.#lines.take("")) {
      this.#unsaid++;
      return;
    }
    const more = this.#unsaid > 0 ? { unsaid: this.#unsaid } : {};
    this.#unsaid = 0;
    say(more);
  }
}
