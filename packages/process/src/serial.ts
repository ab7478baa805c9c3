/** One piece of work after the other, in the order in which they came; one that fails stops none behind it. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve();

  /** Settles as the work does. */
  run<T>(work: () => Promise<T> | T): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine;
    // It is told to whoever asked for it.
    mine.catch(() => undefined);
    return mine;
  }

  /** When everything that came so far is done. */
  async settled(): Promise<void> {
    await this.#last.catch(() => undefined);
  }
}

/** The same for each key by itself: what is of another key does not wait. */
export class SerialByKey<Key> {
  readonly #last = new Map<Key, Promise<unknown>>();

  run<T>(key: Key, work: () => Promise<T> | T): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(key, mine);
    const forget = () => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  }

  /** Whether something of this key is to be done, or is being done. */
  isBusy(key: Key): boolean {
    return this.#last.has(key);
  }
}
