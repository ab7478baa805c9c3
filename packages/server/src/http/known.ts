import { Budgets } from "./budgets.ts";

interface KnownOptions {
  /** Whether there is such a session, by the hash of its secret. */
  lives(session: string): Promise<boolean>;
  now?: () => number;
}

const KEPT_MS = 10 * 60_000;
const MOST = 10_000;
/** Anybody can send what looks like a session: so many are looked up for one network. */
const lookUps = { burst: 200, perSecond: 20 };

/** Which sessions live, so far as that must be known before anything else is: those seen living of late, or looked up. */
export class Known {
  readonly #lives: KnownOptions["lives"];
  readonly #now: () => number;
  readonly #lookUps: Budgets;
  /** When each was seen, the longest ago first. */
  readonly #seen = new Map<string, number>();

  constructor({ lives, now = () => performance.now() }: KnownOptions) {
    this.#lives = lives;
    this.#now = now;
    this.#lookUps = new Budgets(lookUps, now);
  }

  /** This session lives. */
  see(session: string): void {
    this.#seen.delete(session);
    this.#seen.set(session, this.#now());
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MOST && oldest !== undefined) this.#seen.delete(oldest);
  }

  /** Whether it does, for somebody of this network. */
  async has(session: string, network: string): Promise<boolean> {
    const seen = this.#seen.get(session);
    if (seen !== undefined && this.#now() - seen < KEPT_MS) return true;
    if (!this.#lookUps.take(network, 1, 0).taken) return false;
    const lives = await this.#lives(session).catch(() => false);
    if (lives) this.see(session);
    return lives;
  }
}
