/**
 * Work on things that each have a name, one piece of work at a time for each. Of what comes while one is under way only
 * the newest is done: whoever asked for an older one has it done by that.
 */
export class Newest {
  /** What waits behind the work under way, by name; `null`: nothing. */
  readonly #waiting = new Map<string, Waiting | null>();

  /** Resolves when this, or something newer of that name, is done; fails as that does. */
  do(name: string, work: () => Promise<void>): Promise<void> {
    const before = this.#waiting.get(name);
    if (before === undefined) {
      this.#waiting.set(name, null);
      return this.#run(name, work);
    }
    if (before) {
      before.work = work;
      return before.done;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.set(name, { work, done: promise, resolve, reject });
    return promise;
  }

  async #run(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } finally {
      this.#next(name);
    }
  }

  #next(name: string): void {
    const next = this.#waiting.get(name);
    if (!next) {
      this.#waiting.delete(name);
      return;
    }
    this.#waiting.set(name, null);
    this.#run(name, next.work).then(next.resolve, next.reject);
  }
}

interface Waiting {
  work: () => Promise<void>;
  done: Promise<void>;
  resolve: () => void;
  reject: (reason: unknown) => void;
}
