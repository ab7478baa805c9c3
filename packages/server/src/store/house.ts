import { type Person, RoleName } from "@raadhuis/protocol";
import type { Database } from "./database.ts";
import type { Row } from "./tables.ts";

export interface Body {
  name: string;
  demo: boolean;
}

export interface Clerk {
  id: string;
  name: string;
  email: string;
  /** As passwords.ts wrote it. */
  password: string;
}

const personOf = (row: Row<"person">): Person => ({
  id: row.id,
  name: row.name,
  party: row.party,
  role: RoleName.parse(row.role),
});

/** The body, its clerks and its roster. */
export const houseStore = ({ read, write }: Database) => ({
  async body(): Promise<Body | undefined> {
    const row = await read.selectFrom("body").selectAll().where("id", "=", 1).executeTakeFirst();
    return row && { name: row.name, demo: row.demo === 1 };
  },

  /** Once: false when the house was set up before, and nothing is changed. Uses up every set-up link. */
  async setUp(body: Body, clerk: Clerk, now: number): Promise<boolean> {
    return write.transaction().execute(async (trx) => {
      const before = await trx.selectFrom("body").select("id").executeTakeFirst();
      if (before) return false;
      await trx
        .insertInto("body")
        .values({ id: 1, name: body.name, demo: body.demo ? 1 : 0, set_up_at: now })
        .execute();
      await trx.insertInto("clerk").values(clerk).execute();
      await trx.deleteFrom("link").where("kind", "=", "set-up").execute();
      return true;
    });
  },

  /** By address, which is kept in lower case. */
  clerkByEmail: (email: string): Promise<Clerk | undefined> =>
    read.selectFrom("clerk").selectAll().where("email", "=", email).executeTakeFirst(),

  clerk: (id: string): Promise<Clerk | undefined> =>
    read.selectFrom("clerk").selectAll().where("id", "=", id).executeTakeFirst(),

  async people(): Promise<Person[]> {
    const rows = await read.selectFrom("person").selectAll().orderBy("added_at").orderBy("id").execute();
    return rows.map(personOf);
  },

  async addPerson(person: Person, now: number): Promise<void> {
    await write
      .insertInto("person")
      .values({ ...person, added_at: now })
      .execute();
  },

  /** False when there is no such person. */
  async changePerson({ id, ...words }: Person): Promise<boolean> {
    const { numUpdatedRows } = await write.updateTable("person").set(words).where("id", "=", id).executeTakeFirst();
    return numUpdatedRows > 0n;
  },

  /** False when there is no such person. */
  async removePerson(id: string): Promise<boolean> {
    const { numDeletedRows } = await write.deleteFrom("person").where("id", "=", id).executeTakeFirst();
    return numDeletedRows > 0n;
  },
});

export type HouseStore = ReturnType<typeof houseStore>;
