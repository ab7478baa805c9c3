import { houseError } from "../errors.ts";

/**
 * Counts attempts by key (an address, an account, a seat), in memory. Each key has `burst` of them at once and one more
 * every `everyMs`. An attempt counts from its beginning, so that many at the same time are many; one that succeeded is
 * given back, so that a whole council behind one address is not slowed.
 */
export class Limiter {
  readonly #burst: number;
  readonly #everyMs: number;
  readonly #counts = new Map<string, { count: number; at: number }>();
  readonly #now: () => number;

  constructor({ burst, everyMs, now = Date.now }: { burst: number; everyMs: number; now?: () => number }) {
    this.#burst = burst;
    this.#everyMs = everyMs;
    this.#now = now;
  }

  /** Whether there is one more; it is taken then. */
  take(key: string): boolean {
    if (this.#countOf(key) >= this.#burst) return false;
    if (this.#counts.size > 10_000) this.#forget();
    this.#counts.set(key, { count: this.#countOf(key) + 1, at: this.#now() });
    return true;
  }

  /** Throws `request.too-many` when there is none left. */
  mustTake(key: string): void {
    if (!this.take(key)) throw houseError("request.too-many");
  }

  giveBack(key: string): void {
    this.#counts.set(key, { count: Math.max(0, this.#countOf(key) - 1), at: this.#now() });
  }

  #countOf(key: string): number {
    const known = this.#counts.get(key);
    return known ? Math.max(0, known.count - (this.#now() - known.at) / this.#everyMs) : 0;
  }

  #forget(): void {
    for (const key of this.#counts.keys()) if (this.#countOf(key) === 0) this.#counts.delete(key);
    if (this.#counts.size > 10_000) this.#counts.clear();
  }
}

/** The network an address belongs to: who has one address of IPv6 has 2^64 of them (RFC 6177). */
export function networkOf(ip: string): string {
  if (!ip.includes(":") || ip.includes(".")) return ip;
  const [head = "", tail] = ip.split("%", 1)[0]!.split("::");
  const groups = head.split(":").filter(Boolean);
  const rest = tail === undefined ? [] : tail.split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - groups.length - rest.length;
  return [...groups, ...Array<string>(Math.max(0, zeros)).fill("0"), ...rest].slice(0, 4).join(":");
}
