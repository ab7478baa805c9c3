import { nameKey, Role } from "@raadhuis/meeting";
import type { PeopleListDone, Person } from "@raadhuis/protocol/http";
import type { Kysely } from "kysely";
import { newId } from "../random.ts";
import type { Database } from "./database.ts";
import type { Row, Tables } from "./tables.ts";

export interface Body {
  name: string;
  /** IANA's name of its time zone. */
  zone: string;
  /** Its own among bodies, in every record from its making on. */
  identifier: string;
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
  role: Role.parse(row.role),
});

/** What a list of people makes of the roster. */
export interface Merged {
  added: Person[];
  changed: Person[];
  kept: number;
}

/** People of one statement; SQLite and PostgreSQL bind at least 32,000 values. */
const AT_ONCE = 500;

const roster = async (db: Kysely<Tables>): Promise<Person[]> => {
  const rows = await db.selectFrom("person").selectAll().orderBy("added_at").orderBy("id").execute();
  return rows.map(personOf);
};

const hasName = (people: Person[], { id, name }: Person): boolean =>
  people.some((other) => other.id !== id && nameKey(other.name) === nameKey(name));

/** The body, its clerks and its roster. */
export const houseStore = ({ read, write, transact }: Database) => ({
  async body(): Promise<Body | undefined> {
    const row = await read.selectFrom("body").selectAll().where("id", "=", 1).executeTakeFirst();
    return row && { name: row.name, zone: row.zone, identifier: row.identifier ?? "", demo: row.demo === 1 };
  },

  /** Once: false when the house was set up before, and nothing is changed. Uses up every set-up link. */
  async setUp(body: Omit<Body, "identifier">, clerk: Clerk, now: number): Promise<boolean> {
    return transact(async (trx, say) => {
      const before = await trx.selectFrom("body").select("id").executeTakeFirst();
      if (before) return false;
      await trx
        .insertInto("body")
        .values({
          ...{ id: 1, name: body.name, zone: body.zone, demo: body.demo ? 1 : 0, set_up_at: now },
          identifier: newId(),
        })
        .execute();
      await trx.insertInto("clerk").values(clerk).execute();
      await trx.deleteFrom("link").where("kind", "=", "set-up").execute();
      say({ kind: "body" });
      return true;
    });
  },

  async changeZone(zone: string): Promise<void> {
    await transact(async (trx, say) => {
      await trx.updateTable("body").set({ zone }).where("id", "=", 1).execute();
      say({ kind: "body" });
    });
  },

  /** In records made from now on; those made before keep the earlier one. */
  async changeIdentifier(identifier: string): Promise<void> {
    await write.updateTable("body").set({ identifier }).where("id", "=", 1).execute();
  },

  /** By address, which is kept in lower case. */
  clerkByEmail: (email: string): Promise<Clerk | undefined> =>
    read.selectFrom("clerk").selectAll().where("email", "=", email).executeTakeFirst(),

  clerk: (id: string): Promise<Clerk | undefined> =>
    read.selectFrom("clerk").selectAll().where("id", "=", id).executeTakeFirst(),

  people: (): Promise<Person[]> => roster(read),

  /** False when somebody of the roster has this name. */
  async addPerson(person: Person, now: number): Promise<boolean> {
    return transact(async (trx) => {
      if (hasName(await roster(trx), person)) return false;
      await trx
        .insertInto("person")
        .values({ ...person, added_at: now })
        .execute();
      return true;
    });
  },

  /**
   * A list at once, or nothing of it where `merge` throws. What was done under `key` is not done again: its answer is
   * given again. The list's order is kept by a millisecond for each of its people.
   */
  async takeList(key: string, now: number, merge: (people: Person[]) => Merged): Promise<PeopleListDone> {
    return transact(async (trx) => {
      const done = await trx.selectFrom("done_list").selectAll().where("key", "=", key).executeTakeFirst();
      if (done) return { added: done.added, changed: done.changed, kept: done.kept };
      const { added, changed, kept } = merge(await roster(trx));
      const rows = added.map((person, index) => ({ ...person, added_at: now + index }));
      for (let first = 0; first < rows.length; first += AT_ONCE)
        await trx
          .insertInto("person")
          .values(rows.slice(first, first + AT_ONCE))
          .execute();
      for (const { id, ...words } of changed) await trx.updateTable("person").set(words).where("id", "=", id).execute();
      const answer = { added: added.length, changed: changed.length, kept };
      await trx
        .insertInto("done_list")
        .values({ key, ...answer, at: now })
        .execute();
      return answer;
    });
  },

  async forgetLists(before: number): Promise<void> {
    await write.deleteFrom("done_list").where("at", "<", before).execute();
  },

  async changePerson({ id, ...words }: Person): Promise<"done" | "unknown" | "name-taken"> {
    return transact(async (trx) => {
      const people = await roster(trx);
      const before = people.find((person) => person.id === id);
      if (!before) return "unknown";
      // Two of one name may be there from before names were looked at: either can still be changed otherwise.
      const renamed = nameKey(before.name) !== nameKey(words.name);
      if (renamed && hasName(people, { id, ...words })) return "name-taken";
      await trx.updateTable("person").set(words).where("id", "=", id).execute();
      return "done";
    });
  },

  /** False when there is no such person. */
  async removePerson(id: string): Promise<boolean> {
    const { numDeletedRows } = await write.deleteFrom("person").where("id", "=", id).executeTakeFirst();
    return numDeletedRows > 0n;
  },
});

export type HouseStore = ReturnType<typeof houseStore>;
