import type { Log } from "../log.ts";
import { LeaseKeeper } from "../store/leaseKeeper.ts";
import type { Store } from "../store/store.ts";

const LEASE = "duty";
/** What could not be taken up is tried again after this, ms, while the lease is held. */
const AGAIN_MS = 1_000;

/** Another server has the duty, or may have it by now. */
export class OffDuty extends Error {
  constructor() {
    super("Another server of this house has the duty.");
    this.name = "OffDuty";
  }
}

interface DutyOptions {
  store: Pick<Store, "feed" | "leases">;
  /** Takes up and lays down what one server alone may do. */
  takeUp(): Promise<void>;
  layDown(): Promise<void>;
  log: Log;
}

/**
 * Which server of a house does what only one may do. Alone it is this one; of several it is whoever has the lease, and
 * before each act it asks the database whether it has that still: a server that stood still for a while must not go on
 * where it was.
 */
export class Duty {
  readonly #options: DutyOptions;
  readonly #keeper: LeaseKeeper | undefined;
  #again: NodeJS.Timeout | undefined;

  constructor(options: DutyOptions) {
    this.#options = options;
    const { feed, leases } = options.store;
    if (feed.shared)
      this.#keeper = new LeaseKeeper({
        ...{ leases, name: LEASE, log: options.log },
        onGained: () => void this.#takeUp(),
        onLost: () => {
          clearTimeout(this.#again);
          void options.layDown();
        },
      });
  }

  /** Alone it resolves when all is taken up. */
  async start(): Promise<void> {
    if (this.#keeper) this.#keeper.start();
    else await this.#options.takeUp();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#again);
    await this.#keeper?.stop();
  }

  /** Asked before each act outside the database. @returns under which fence; 0 alone. Throws OffDuty. */
  async mustBeOurs(): Promise<number> {
    if (!this.#keeper) return 0;
    const lease = this.#keeper.held;
    if (!lease || !(await this.#options.store.leases.holds(lease))) throw new OffDuty();
    return lease.fence;
  }

  async #takeUp(): Promise<void> {
    try {
      await this.#options.takeUp();
    } catch (error) {
      this.#options.log.error({ err: error }, "the duty could not be taken up");
      this.#again = setTimeout(() => this.#keeper?.held && void this.#takeUp(), AGAIN_MS);
    }
  }
}
