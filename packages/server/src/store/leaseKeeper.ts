import type { Log } from "../log.ts";
import { newId } from "../random.ts";
import type { Lease, LeaseStore } from "./leases.ts";

/**
 * How long a lease is held without a word, and how often it is asked for and renewed, ms: whoever dies is followed within
 * four seconds.
 */
const TERM_MS = 3_000;
const EVERY_MS = 1_000;
/** It counts as lost by so much before the database could give it to another. */
const MARGIN_MS = 500;

export interface LeaseKeeperOptions {
  leases: Pick<LeaseStore, "take" | "renew" | "release">;
  name: string;
  log: Log;
  /** Both return at once and do their work later; each `gained` is followed by one `lost`, before another `gained`. */
  onGained: (lease: Lease) => void;
  onLost: (lease: Lease) => void;
  /** A clock that is not set, ms. */
  monotonic?: () => number;
}

/**
 * Sees to it that one of all servers has a lease, and knows at each moment whether it is this one: by its own clocks, so
 * also when the database does not answer or this process stood still. It is never sure for longer than the database is.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #holder = newId();
  readonly #monotonic: () => number;
  #held: { lease: Lease; asked: Moment } | undefined;
  #next: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;
  #asking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
    this.#monotonic = options.monotonic ?? (() => performance.now());
  }

  start(): void {
    this.#asking = this.#turn();
  }

  /** The lease, if it is held at this moment. Asked before each act; what is written goes with `whileHeld` besides. */
  get held(): Lease | undefined {
    if (this.#held && this.#since(this.#held.asked) >= TERM_MS - MARGIN_MS) this.#lose();
    return this.#held?.lease;
  }

  /** Gives it away. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#next);
    const lease = this.held;
    if (lease) this.#lose();
    await this.#asking;
    if (lease) await this.#options.leases.release(lease).catch((error) => this.#warn(error));
  }

  async #turn(): Promise<void> {
    const { leases, name } = this.#options;
    const asked = this.#now();
    const before = this.held;
    try {
      const renewed = before && (await leases.renew(before, TERM_MS));
      // What was lost while the answer was on its way stays lost.
      if (before && renewed && this.held === before) this.#hold(before, asked);
      else if (before && renewed === false && this.held === before) this.#lose();
      else if (!before) {
        const taken = await leases.take(name, this.#holder, TERM_MS);
        if (taken) this.#gain(taken, asked);
      }
    } catch (error) {
      this.#warn(error);
    }
    if (this.#stopped) return;
    this.#next = setTimeout(() => this.start(), EVERY_MS);
  }

  /** An answer that was too long on its way is none: the next one counts. */
  #gain(lease: Lease, asked: Moment): void {
    if (this.#stopped || this.#since(asked) >= TERM_MS - MARGIN_MS) return;
    this.#hold(lease, asked);
    this.#options.log.info({ lease: lease.name, fence: lease.fence }, "a lease was gained");
    this.#tell(this.#options.onGained, lease);
  }

  #hold(lease: Lease, asked: Moment): void {
    this.#held = { lease, asked };
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.held, Math.max(0, TERM_MS - MARGIN_MS - this.#since(asked)));
  }

  #lose(): void {
    const lease = this.#held?.lease;
    this.#held = undefined;
    clearTimeout(this.#end);
    if (!lease) return;
    this.#options.log.info({ lease: lease.name, fence: lease.fence }, "a lease was lost");
    this.#tell(this.#options.onLost, lease);
  }

  #tell(follower: (lease: Lease) => void, lease: Lease): void {
    try {
      follower(lease);
    } catch (error) {
      this.#options.log.error({ err: error, lease: lease.name }, "whoever follows a lease failed");
    }
  }

  #warn(error: unknown): void {
    this.#options.log.warn({ err: error, lease: this.#options.name }, "a lease could not be asked for");
  }

  #now = (): Moment => ({ monotonic: this.#monotonic(), wall: Date.now() });

  /** By whichever clock more time has gone: one stands still while the machine sleeps, the other can be set. */
  #since = ({ monotonic, wall }: Moment): number => Math.max(this.#monotonic() - monotonic, Date.now() - wall);
}

interface Moment {
  monotonic: number;
  wall: number;
}
