import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** Something that only one server may do, held by one. */
export interface Lease {
  name: string;
  /** Higher than that of whoever held it before. */
  fence: number;
}

/** A write of whoever holds a lease no longer. Nothing of it was written. */
export class LeaseLost extends Error {
  constructor({ name, fence }: Lease) {
    super(`The lease of ${name} is not held under ${fence} any more.`);
    this.name = "LeaseLost";
  }
}

/**
 * Leases: each is somebody's until a time by the database's own clock, whatever the servers' clocks say. That a lease was
 * held when somebody looked says nothing about later: what is written goes together with `whileHeld`.
 */
export const leaseStore = ({ read, write, words }: Pick<Database, "read" | "write" | "words">) => ({
  /**
   * Takes the lease when it is nobody's, or is this holder's own (who may not know); always under a new fence. `undefined`:
   * somebody else has it.
   */
  async take(name: string, holder: string, termMs: number): Promise<Lease | undefined> {
    const until = sql<number>`${words.clock} + ${sql.lit(termMs)}`;
    const row = await write
      .insertInto("lease")
      .values({ name, holder, fence: 1, until })
      .onConflict((conflict) =>
        conflict
          .column("name")
          // Computed when the row is ours to change: whoever had to wait for that has the whole term all the same.
          .doUpdateSet(({ eb }) => ({ holder, fence: eb("lease.fence", "+", 1), until }))
          .where((e) => e.or([e("lease.until", "<=", words.clock), e("lease.holder", "=", holder)])),
      )
      .returning("fence")
      .executeTakeFirst();
    return row && { name, fence: row.fence };
  },

  /** For another term from now. False: it has ended, and may be somebody else's. */
  async renew({ name, fence }: Lease, termMs: number): Promise<boolean> {
    const { numUpdatedRows } = await write
      .updateTable("lease")
      .set({ until: sql<number>`${words.clock} + ${sql.lit(termMs)}` })
      .where("name", "=", name)
      .where("fence", "=", fence)
      .where("until", ">", words.clock)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },

  /** Others may have it at once. */
  async release({ name, fence }: Lease): Promise<void> {
    await write.updateTable("lease").set({ until: 0 }).where("name", "=", name).where("fence", "=", fence).execute();
  },

  /** Before an act outside the database that cannot be taken back. */
  async holds({ name, fence }: Lease): Promise<boolean> {
    const row = await read
      .selectFrom("lease")
      .select("fence")
      .where("name", "=", name)
      .where("fence", "=", fence)
      .where("until", ">", words.clock)
      .executeTakeFirst();
    return row !== undefined;
  },

  /** First in a transaction: it is done while this lease is held, and nobody takes that before it is done. Throws LeaseLost. */
  async whileHeld(trx: Transaction<Tables>, lease: Lease): Promise<void> {
    const row = await trx
      .selectFrom("lease")
      .select("fence")
      .where("name", "=", lease.name)
      .where("fence", "=", lease.fence)
      .where("until", ">", words.clock)
      .modifyEnd(words.forShare)
      .executeTakeFirst();
    if (!row) throw new LeaseLost(lease);
  },
});

export type LeaseStore = ReturnType<typeof leaseStore>;
