import type { Database } from "./database.ts";

const DAY_MS = 24 * 3600_000;
/** A browser that has not signed in for so long is a stranger again. */
export const DEVICE_IDLE_MS = 180 * DAY_MS;
/** Browsers that are known of each clerk; the one that signed in longest ago is forgotten for a new one. */
const MOST = 10;
/** Wrong passwords one after another after which a browser is a stranger again. */
const MOST_FAILURES = 10;

/** A browser that has signed in as this clerk, by the hash of its cookie's secret. */
export interface Device {
  hash: string;
  clerk: string;
}

/** The browsers that clerks have signed in with: what is counted for them is counted apart from all others. */
export const deviceStore = ({ write, transact }: Database) => ({
  /** It has signed in. `before`: by what it was known until now. */
  async know({ hash, clerk }: Device, before: string | undefined, now: number): Promise<void> {
    await transact(async (trx) => {
      if (before) await trx.deleteFrom("device").where("hash", "=", before).where("clerk", "=", clerk).execute();
      await trx.insertInto("device").values({ hash, clerk, signed_in_at: now, failures: 0 }).execute();
      const kept = trx
        .selectFrom("device")
        .select("hash")
        .where("clerk", "=", clerk)
        .orderBy("signed_in_at", "desc")
        .limit(MOST);
      await trx.deleteFrom("device").where("clerk", "=", clerk).where("hash", "not in", kept).execute();
    });
  },

  /**
   * It tries a password, which counts as failed until it has signed in: how many failed before. `undefined`: it is not
   * known, has been idle for too long or has failed too often.
   */
  async begin({ hash, clerk }: Device, now: number): Promise<number | undefined> {
    const row = await write
      .updateTable("device")
      .set(({ eb }) => ({ failures: eb("failures", "+", 1) }))
      .where("hash", "=", hash)
      .where("clerk", "=", clerk)
      .where("signed_in_at", ">", now - DEVICE_IDLE_MS)
      .where("failures", "<", MOST_FAILURES)
      .returning("failures")
      .executeTakeFirst();
    return row && row.failures - 1;
  },

  /** What it began was not done. */
  async giveBack({ hash }: Device): Promise<void> {
    await write
      .updateTable("device")
      .set(({ eb }) => ({ failures: eb("failures", "-", 1) }))
      .where("hash", "=", hash)
      .where("failures", ">", 0)
      .execute();
  },

  async forgetLapsed(now: number): Promise<void> {
    await write
      .deleteFrom("device")
      .where(({ or, eb }) => or([eb("signed_in_at", "<=", now - DEVICE_IDLE_MS), eb("failures", ">=", MOST_FAILURES)]))
      .execute();
  },
});
