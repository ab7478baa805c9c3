import type { Log } from "../log.ts";
import { isDone } from "../meetings/done.ts";
import type { Hub } from "../meetings/hub.ts";
import type { Meetings } from "../meetings/meetings.ts";
import type { Part } from "../parts/part.ts";
import type { Store } from "../store/store.ts";
import type { Trail } from "../trail/trail.ts";

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** The office has had that long to try a job again. */
const DEAD_JOBS_MS = 30 * DAY_MS;

interface HousekeepingOptions {
  store: Pick<Store, "access" | "devices" | "house" | "jobs" | "record" | "streams">;
  trail: Pick<Trail, "keepHouse">;
  meetings: Pick<Meetings, "forget">;
  hub: Pick<Hub, "of">;
  log: Log;
  /** The clock by which what is kept is dated. */
  now: () => number;
}

/** Every hour what has lapsed is forgotten: in the store by whoever is on duty, and in memory of meetings that are over. */
export function housekeepingPart({ store, trail, meetings, hub, log, now }: HousekeepingOptions) {
  const memory = hourly(log, async () => {
    for (const summary of await store.record.summaries())
      if (isDone(summary) && hub.of(summary.id).length === 0) meetings.forget(summary.id);
  });
  const lapsed = hourly(log, async () => {
    const aDayAgo = now() - DAY_MS;
    await store.record.forgetCommands(aDayAgo);
    await store.streams.forgetAppends(aDayAgo);
    await store.house.forgetLists(aDayAgo);
    await store.access.forgetLapsed(now());
    await store.devices.forgetLapsed(now());
    await store.jobs.forgetDead(DEAD_JOBS_MS);
    await trail.keepHouse();
  });
  const part: Part = { name: "housekeeping", ...memory, duty: lapsed };
  return { part };
}

/** Does it every hour; `stop` resolves when nothing of it is being done. */
function hourly(log: Log, work: () => Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  return {
    start(): void {
      timer = setInterval(() => {
        working = work().catch((error) => log.error({ err: error }, "housekeeping failed"));
      }, HOUR_MS);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await working;
    },
  };
}
