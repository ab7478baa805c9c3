/** Those who are told of something, in the order in which they came. */
export class Listeners<What extends unknown[] = []> {
  readonly #listeners: ((...what: What) => void)[] = [];

  add(listener: (...what: What) => void): void {
    this.#listeners.push(listener);
  }

  tell(...what: What): void {
    for (const listener of this.#listeners) listener(...what);
  }
}
