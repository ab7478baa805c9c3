/** So much at once, and then so much a second. */
export interface Rate {
  burst: number;
  perSecond: number;
}

export interface Debt {
  /** How long until nothing is owed, ms; 0: nothing is. */
  waitMs: number;
  /** For how long there has been something owed, time and again, without a rest between, ms. */
  forMs: number;
}

interface Account {
  left: number;
  at: number;
  overdrawnAt: number | null;
}

/** Above this many accounts those that are full are forgotten: there is nothing to be remembered of them. */
const MANY = 10_000;

/**
 * What each may spend, by key (a seat, a clerk, a network), in memory. An account may be overdrawn, as what has come in
 * cannot be sent back: then nothing more is taken from its owner until that is paid.
 */
export class Budgets {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #accounts = new Map<string, Account>();
  #forgetAt = MANY;

  /** `now`: ms of a clock that is never set back. */
  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate;
    this.#now = now;
  }

  spend(key: string, amount: number): Debt {
    const now = this.#now();
    const account = this.#accountOf(key, now);
    account.left -= amount;
    if (account.left >= 0) return { waitMs: 0, forMs: 0 };
    account.overdrawnAt ??= now;
    return { waitMs: (-account.left / this.#rate.perSecond) * 1000, forMs: now - account.overdrawnAt };
  }

  /**
   * Spends only where no more than `mostMs` would be owed for it. What is refused is not charged: whoever goes on asking
   * then keeps nobody waiting who shares the account for longer than that.
   */
  take(key: string, amount: number, mostMs: number): Debt & { taken: boolean } {
    const { left } = this.#accountOf(key, this.#now());
    const waitMs = Math.max(0, ((amount - left) / this.#rate.perSecond) * 1000);
    const taken = waitMs <= mostMs;
    return taken ? { ...this.spend(key, amount), taken } : { ...this.spend(key, 0), waitMs, taken };
  }

  #accountOf(key: string, now: number): Account {
    const { burst, perSecond } = this.#rate;
    const known = this.#accounts.get(key);
    if (!known) {
      if (this.#accounts.size >= this.#forgetAt) this.#forget(now);
      const account = { left: burst, at: now, overdrawnAt: null };
      this.#accounts.set(key, account);
      return account;
    }
    known.left = Math.min(burst, known.left + ((now - known.at) / 1000) * perSecond);
    known.at = now;
    if (known.left >= burst / 2) known.overdrawnAt = null;
    return known;
  }

  #forget(now: number): void {
    const { burst, perSecond } = this.#rate;
    for (const [key, { left, at }] of this.#accounts)
      if (left + ((now - at) / 1000) * perSecond >= burst) this.#accounts.delete(key);
    this.#forgetAt = Math.max(MANY, 2 * this.#accounts.size);
  }
}
