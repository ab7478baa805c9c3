import type { Log } from "../log.ts";
import type { Hub } from "../meetings/hub.ts";
import type { Meetings } from "../meetings/meetings.ts";
import type { Store } from "../store/store.ts";
import type { Trail } from "../trail/trail.ts";
import { isDone } from "./takingUp.ts";

const EVERY_MS = 3600_000;
const DAY_MS = 24 * 3600_000;

interface Parts {
  store: Store;
  trail: Trail;
  meetings: Pick<Meetings, "forget">;
  hub: Pick<Hub, "of">;
  log: Log;
  /** The clock by which what is kept is dated. */
  now: () => number;
}

/** Every hour what has lapsed is forgotten, and of what is over what is only kept in memory. */
export class Housekeeping {
  readonly #parts: Parts;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#keepHouse().catch((error) => this.#parts.log.error({ err: error }, "housekeeping failed"));
    }, EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #keepHouse(): Promise<void> {
    const { store, trail, meetings, hub, now } = this.#parts;
    const aDayAgo = now() - DAY_MS;
    await store.record.forgetCommands(aDayAgo);
    await store.streams.forgetAppends(aDayAgo);
    await store.house.forgetLists(aDayAgo);
    await store.access.forgetLapsed(now());
    await store.devices.forgetLapsed(now());
    await trail.keepHouse();
    for (const summary of await store.record.summaries())
      if (isDone(summary) && hub.of(summary.id).length === 0) meetings.forget(summary.id);
  }
}
