import type { Settings } from "@raadhuis/protocol/settings";
import type { Log } from "../log.ts";
import type { Part } from "../parts/part.ts";
import type { Self } from "../store/feed/open.ts";
import { openStore } from "../store/store.ts";

interface StorePartOptions {
  settings: Pick<Settings, "database">;
  /** What this server is among those of its house. */
  self: Self;
  log: Log;
  /** The clock by which what is kept is dated. */
  now: () => number;
}

/** All that is kept, and the news of what others change there. */
export async function storePart({ settings: { database }, self, log, now }: StorePartOptions) {
  const onError = (error: unknown) => log.error({ err: error }, "changes in the store are not heard");
  const store = await openStore(database, { now, self, onError });
  const part: Part = { name: "store", stop: () => store.close() };
  return { part, store };
}
