import type { DatabaseAt } from "@raadhuis/protocol/settings";
import { sql } from "kysely";
import { houseError } from "../errors.ts";
import { newId } from "../random.ts";
import { accessStore } from "./access.ts";
import { deviceStore } from "./devices.ts";
import { type Feed, isDeaf } from "./feed/feed.ts";
import { openFeed, type Self, tellingBy } from "./feed/open.ts";
import { houseStore } from "./house.ts";
import { jobStore } from "./jobs.ts";
import { leaseStore } from "./leases.ts";
import { openDatabase } from "./openDatabase.ts";
import { organStore } from "./organs.ts";
import { recordStore } from "./record.ts";
import { sessionStore } from "./sessions.ts";
import { streamStore } from "./streams.ts";
import { trailStore } from "./trail.ts";

interface StoreOptions {
  /** The clock by which what is kept is dated, and lapses. */
  now?: () => number;
  /** How long the database, or a lock in it, is waited for. */
  patienceMs?: number | undefined;
  /** Which of the house's servers this is. */
  self?: Self;
  /** What went wrong with the feed, or a listener of it. */
  onError?: (error: unknown) => void;
}

const alone = (): Self => ({ server: newId(), embedded: true, folder: "" });

/** Everything the house keeps, behind functions; SQL stays in this folder, and in it what SQLite and PostgreSQL share. */
export async function openStore(at: DatabaseAt, options: StoreOptions = {}) {
  const { now = Date.now, patienceMs, self = alone(), onError = () => undefined } = options;
  const opened = await openDatabase(at, patienceMs);
  const feed = await openFeed(at, self, onError).catch(async (error) => {
    await opened.close();
    throw error;
  });
  const db = tellingBy(feed, opened);
  return {
    record: recordStore(db),
    house: houseStore(db),
    organs: organStore(db),
    access: accessStore(db),
    devices: deviceStore(db),
    sessions: sessionStore(db),
    streams: streamStore(db),
    trail: trailStore(db),
    leases: leaseStore(db),
    jobs: jobStore(db),
    now,
    /** Throws when the store does not answer, or nothing is heard of what others change there. */
    ping: async (): Promise<void> => {
      await sql`select 1`.execute(db.read);
      if (isDeaf(feed)) throw houseError("house.no-database");
    },
    /** By which every server of the house hears of every change. */
    feed: feed as Feed,
    close: async (): Promise<void> => {
      await feed.close();
      await db.close();
    },
  };
}

export type Store = Awaited<ReturnType<typeof openStore>>;
