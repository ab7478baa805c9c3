import type { DatabaseAt } from "@raadhuis/protocol/settings";
import type { Database, OpenDatabase } from "../database.ts";
import { OwnFeed, type StoreFeed } from "./feed.ts";
import type { News, NewsOf } from "./news.ts";
import { SharedFeed } from "./sharedFeed.ts";

/** What a server tells of itself with each beat. */
export type Self = Omit<NewsOf<"beat">, "kind" | "number">;

/** The feed of this database: SQLite has one server alone, PostgreSQL as many as come. Throws where it does not answer. */
export async function openFeed(at: DatabaseAt, self: Self, onError: (error: unknown) => void): Promise<StoreFeed> {
  if ("file" in at) return new OwnFeed(onError);
  const feed = new SharedFeed({ at: at.postgres, self, onError });
  await feed.open();
  return feed;
}

/** The database, each of whose transactions tells what it changed. */
export const tellingBy = (feed: StoreFeed, db: OpenDatabase): Database & OpenDatabase => ({
  ...db,
  async transact(work) {
    let said: News[] = [];
    const result = await db.transact(async (trx) => {
      // Done again from its beginning, it also tells again.
      said = [];
      const done = await work(trx, (...news) => said.push(...news));
      await feed.within(trx, said);
      return done;
    });
    feed.committed(said);
    return result;
  },
});
