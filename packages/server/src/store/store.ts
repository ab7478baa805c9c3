import type { DatabaseAt } from "@raadhuis/protocol/settings";
import { sql } from "kysely";
import { accessStore } from "./access.ts";
import { deviceStore } from "./devices.ts";
import { houseStore } from "./house.ts";
import { openDatabase } from "./openDatabase.ts";
import { organStore } from "./organs.ts";
import { recordStore } from "./record.ts";
import { sessionStore } from "./sessions.ts";
import { streamStore } from "./streams.ts";
import { trailStore } from "./trail.ts";

/**
 * Everything the house keeps, behind functions; SQL stays in this folder, and in it what SQLite and PostgreSQL share.
 * `now`: the clock by which what is kept is dated, and lapses.
 * `patienceMs`: how long the database, or a lock in it, is waited for.
 */
export async function openStore(at: DatabaseAt, now: () => number = Date.now, patienceMs?: number) {
  const db = await openDatabase(at, patienceMs);
  return {
    record: recordStore(db),
    house: houseStore(db),
    organs: organStore(db),
    access: accessStore(db),
    devices: deviceStore(db),
    sessions: sessionStore(db),
    streams: streamStore(db),
    trail: trailStore(db),
    now,
    /** Throws when the store does not answer. */
    ping: async (): Promise<void> => {
      await sql`select 1`.execute(db.read);
    },
    close: db.close,
  };
}

export type Store = Awaited<ReturnType<typeof openStore>>;
