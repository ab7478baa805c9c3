import { houseError } from "../errors.ts";
import { networksOf } from "./networks.ts";

interface Pace {
  /** How many at once. */
  burst: number;
  /** One more each so many milliseconds. */
  everyMs: number;
  /** ms of a clock that is never set back: whoever has to wait would wait for that, too. */
  now?: () => number;
}

/**
 * Counts attempts by key (a network, an account, a seat), in memory. Each key has `burst` of them at once and one more
 * every `everyMs`. An attempt counts from its beginning, so that many at the same time are many; one that succeeded is
 * given back, so that a whole council behind one address is not slowed.
 */
export class Limiter {
  readonly #burst: number;
  readonly #everyMs: number;
  readonly #most: number;
  readonly #now: () => number;
  /** When all attempts of a key are worked off: one number a key tells everything (GCRA, ITU-T I.371). */
  readonly #clearAt = new Map<string, number>();

  /** `most`: keys that are remembered. */
  constructor({ burst, everyMs, now = () => performance.now(), most = 10_000 }: Pace & { most?: number }) {
    this.#burst = burst;
    this.#everyMs = everyMs;
    this.#most = most;
    this.#now = now;
  }

  /** Milliseconds until there is one more; 0: there is one. */
  waitOf(key: string): number {
    return Math.max(0, this.#owedBy(key) - (this.#burst - 1) * this.#everyMs);
  }

  /** What of its allowance a key has used: 0 for one that did nothing, 1 when there is none left. */
  usedBy(key: string): number {
    return this.#owedBy(key) / (this.#burst * this.#everyMs);
  }

  /** Whether there is one more; it is taken then. */
  take(key: string): boolean {
    if (this.waitOf(key) > 0) return false;
    if (!this.#clearAt.has(key) && this.#clearAt.size >= this.#most) this.#forget();
    this.#clearAt.set(key, this.#now() + this.#owedBy(key) + this.#everyMs);
    return true;
  }

  /** Throws `request.too-many`, with the time to wait, when there is none left. */
  mustTake(key: string): void {
    if (!this.take(key)) throw houseError("request.too-many", { retryAfterMs: this.waitOf(key) });
  }

  giveBack(key: string): void {
    const owed = this.#owedBy(key) - this.#everyMs;
    if (owed > 0) this.#clearAt.set(key, this.#now() + owed);
    else this.#clearAt.delete(key);
  }

  #owedBy(key: string): number {
    return Math.max(0, (this.#clearAt.get(key) ?? 0) - this.#now());
  }

  /** Of too many keys the quarter that owes least goes: coming by ever new ones does not wipe out what one owes. */
  #forget(): void {
    const byDebt = [...this.#clearAt].sort(([, a], [, b]) => a - b);
    for (const [key] of byDebt.slice(0, Math.ceil(this.#most / 4))) this.#clearAt.delete(key);
  }
}

/** Counts attempts by every network that an address is in and that may be shut. `what`: what is attempted there, where each is counted apart. */
export class NetworkLimiter {
  readonly #pace: Pace;
  readonly #byAllowance = new Map<number, Limiter>();

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Throws `request.too-many`, with the time to wait, when one of its networks has none left. */
  mustTake(ip: string, what = ""): void {
    const counts = this.#countsOf(ip, what);
    const retryAfterMs = Math.max(...counts.map(({ limiter, key }) => limiter.waitOf(key)));
    if (retryAfterMs > 0) throw houseError("request.too-many", { retryAfterMs });
    for (const { limiter, key } of counts) limiter.take(key);
  }

  giveBack(ip: string, what = ""): void {
    for (const { limiter, key } of this.#countsOf(ip, what)) limiter.giveBack(key);
  }

  #countsOf(ip: string, what: string): { limiter: Limiter; key: string }[] {
    const networks = networksOf(ip).filter(({ neverShut }) => !neverShut);
    return networks.map(({ name, allowance }) => {
      const { burst, everyMs, ...rest } = this.#pace;
      const pace = { burst: burst * allowance, everyMs: everyMs / allowance, ...rest };
      const limiter = this.#byAllowance.get(allowance) ?? new Limiter(pace);
      this.#byAllowance.set(allowance, limiter);
      return { limiter, key: `${name} ${what}` };
    });
  }
}
