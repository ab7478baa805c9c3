/** Work that is done one piece at a time. Of what comes while one is under way only the newest is done, for all that asked. */
export class Newest {
  #running = false;
  #waiting: Waiting | null = null;

  /** Resolves when this, or something newer, is done; fails as that does. */
  do(work: () => Promise<void>): Promise<void> {
    if (!this.#running) return this.#run(work);
    if (this.#waiting) {
      this.#waiting.work = work;
      return this.#waiting.done;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting = { work, done: promise, resolve, reject };
    return promise;
  }

  async #run(work: () => Promise<void>): Promise<void> {
    this.#running = true;
    try {
      await work();
    } finally {
      this.#running = false;
      this.#next();
    }
  }

  #next(): void {
    const next = this.#waiting;
    if (!next) return;
    this.#waiting = null;
    this.#run(next.work).then(next.resolve, next.reject);
  }
}

interface Waiting {
  work: () => Promise<void>;
  done: Promise<void>;
  resolve: () => void;
  reject: (reason: unknown) => void;
}
