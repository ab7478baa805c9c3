import { houseError } from "../errors.ts";

/**
 * Counts failures by key (an address, an account), in memory. Each key may fail `burst` times at once and once more
 * every `everyMs`. A whole council behind one address is not slowed: who succeeds is not counted.
 */
export class FailureLimiter {
  readonly #burst: number;
  readonly #everyMs: number;
  readonly #failures = new Map<string, { count: number; at: number }>();
  readonly #now: () => number;

  constructor({ burst, everyMs, now = Date.now }: { burst: number; everyMs: number; now?: () => number }) {
    this.#burst = burst;
    this.#everyMs = everyMs;
    this.#now = now;
  }

  /** Throws `request.too-many` when the key has failed too often. */
  check(key: string): void {
    if (this.#countOf(key) >= this.#burst) throw houseError("request.too-many");
  }

  failed(key: string): void {
    if (this.#failures.size > 10_000) this.#forget();
    this.#failures.set(key, { count: this.#countOf(key) + 1, at: this.#now() });
  }

  #countOf(key: string): number {
    const known = this.#failures.get(key);
    return known ? Math.max(0, known.count - (this.#now() - known.at) / this.#everyMs) : 0;
  }

  #forget(): void {
    for (const key of this.#failures.keys()) if (this.#countOf(key) === 0) this.#failures.delete(key);
    if (this.#failures.size > 10_000) this.#failures.clear();
  }
}
