import { nameKey } from "@raadhuis/meeting";
import { MOST_ORGANS, type Organ } from "@raadhuis/protocol/http";
import type { Kysely } from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

const all = (db: Kysely<Tables>): Promise<Organ[]> =>
  db.selectFrom("organ").select(["id", "name"]).orderBy("added_at").orderBy("id").execute();

const hasName = (organs: Organ[], { id, name }: Organ): boolean =>
  organs.some((other) => other.id !== id && nameKey(other.name) === nameKey(name));

/** The body's organs. Records have an organ's id and the name of then: nothing that is done here changes one. */
export const organStore = ({ read, write, transact }: Database) => ({
  /** In the order in which they were added. */
  all: (): Promise<Organ[]> => all(read),

  find: (id: string): Promise<Organ | undefined> =>
    read.selectFrom("organ").select(["id", "name"]).where("id", "=", id).executeTakeFirst(),

  async add(organ: Organ, now: number): Promise<"done" | "name-taken" | "too-many"> {
    return transact(async (trx) => {
      const organs = await all(trx);
      if (hasName(organs, organ)) return "name-taken";
      if (organs.length >= MOST_ORGANS) return "too-many";
      await trx
        .insertInto("organ")
        .values({ ...organ, added_at: now })
        .execute();
      return "done";
    });
  },

  async rename(organ: Organ): Promise<"done" | "unknown" | "name-taken"> {
    return transact(async (trx) => {
      const organs = await all(trx);
      if (!organs.some(({ id }) => id === organ.id)) return "unknown";
      if (hasName(organs, organ)) return "name-taken";
      await trx.updateTable("organ").set({ name: organ.name }).where("id", "=", organ.id).execute();
      return "done";
    });
  },

  /** False when there is no such organ. */
  async remove(id: string): Promise<boolean> {
    const { numDeletedRows } = await write.deleteFrom("organ").where("id", "=", id).executeTakeFirst();
    return numDeletedRows > 0n;
  },
});
