/** Does something after each change: soon after the first, and then at most once in so many ms, however much changes. */
export class Seldom {
  readonly #ms: number;
  readonly #act: () => void;
  #timer: NodeJS.Timeout | null = null;
  #last = Number.NEGATIVE_INFINITY;

  constructor(ms: number, act: () => void) {
    this.#ms = ms;
    this.#act = act;
  }

  changed(): void {
    if (this.#timer) return;
    const wait = Math.max(0, this.#last + this.#ms - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#last = performance.now();
      this.#act();
    }, wait).unref();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
