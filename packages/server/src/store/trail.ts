import { notGuessed, TRAIL_PAGE, TrailKind, TrailResult } from "@raadhuis/protocol/http";
import type { Database } from "./database.ts";
import type { Row } from "./tables.ts";

export type Lane = Row<"trail">["lane"];

/** One row: what happened from one network to one account or seat, once or often. */
export interface TrailRow {
  id: string;
  lane: Lane;
  kind: TrailKind;
  result: TrailResult;
  network: string | null;
  clerk: string | null;
  meeting: string | null;
  seat: string | null;
  count: number;
  first: number;
  last: number;
}

/** A row as it is shown: with the names that its ids have today. */
export interface NamedRow extends TrailRow {
  name: string | null;
  email: string | null;
  title: string | null;
}

/** Most rows of each lane. Whoever has proved nothing can fill their own lane and no other. */
const mostRows = { office: 5_000, seat: 10_000, stranger: 5_000 } satisfies Record<Lane, number>;
const lanes: readonly Lane[] = ["office", "seat", "stranger"];

/** Who came in and who tried. */
export const trailStore = ({ read, write, transact }: Database) => ({
  /** New rows, and those known by their id with what was added since; all in one transaction. */
  async write(rows: readonly TrailRow[]): Promise<void> {
    await transact(async (trx) => {
      for (const { first, last, ...row } of rows)
        await trx
          .insertInto("trail")
          .values({ ...row, first_at: first, last_at: last })
          .onConflict((conflict) => conflict.column("id").doUpdateSet({ count: row.count, last_at: last }))
          .execute();
    });
  },

  /** Newest first, 50 to a page; and how many pages there are. */
  async page({ page, failed }: { page: number; failed: boolean }): Promise<{ rows: NamedRow[]; pages: number }> {
    const from = read.selectFrom("trail").$if(failed, (query) => query.where("trail.lane", "=", "stranger"));
    const all = await from.select((e) => e.fn.countAll<number>().as("rows")).executeTakeFirstOrThrow();
    const found = await from
      .leftJoin("clerk", "clerk.id", "trail.clerk")
      .leftJoin("meeting", "meeting.id", "trail.meeting")
      .selectAll("trail")
      .select(["clerk.name", "clerk.email", "meeting.title"])
      .orderBy("trail.last_at", "desc")
      .orderBy("trail.id")
      .limit(TRAIL_PAGE)
      .offset((page - 1) * TRAIL_PAGE)
      .execute();
    const rows = found.map(({ first_at, last_at, ...row }) => ({
      ...row,
      kind: TrailKind.parse(row.kind),
      result: TrailResult.parse(row.result),
      first: first_at,
      last: last_at,
    }));
    return { rows, pages: Math.max(1, Math.ceil(all.rows / TRAIL_PAGE)) };
  },

  /** Of failed guesses after `after`: how often, from how many networks, since when. `more`: from others, too. */
  async failures(after: number): Promise<{ failed: number; networks: number; more: boolean; since: number | null }> {
    const found = await read
      .selectFrom("trail")
      .select((e) => [
        e.fn.sum<number | null>("count").as("failed"),
        e.fn.count<number>("network").distinct().as("networks"),
        e.fn.min<number | null>("first_at").as("since"),
        e.fn.countAll<number>().as("rows"),
        e.fn.count<number>("network").as("told"),
      ])
      .where("lane", "=", "stranger")
      .where("result", "not in", notGuessed)
      .where("last_at", ">", after)
      .executeTakeFirstOrThrow();
    const { failed, networks, since, rows, told } = found;
    return { failed: failed ?? 0, networks, more: rows > told, since };
  },

  async seen(clerk: string): Promise<number | null> {
    const row = await read.selectFrom("trail_seen").select("at").where("clerk", "=", clerk).executeTakeFirst();
    return row?.at ?? null;
  },

  async look(clerk: string, now: number): Promise<void> {
    await write
      .insertInto("trail_seen")
      .values({ clerk, at: now })
      .onConflict((conflict) => conflict.column("clerk").doUpdateSet({ at: now }))
      .execute();
  },

  /** What is older than `before`, and in each lane what is beyond its most: the oldest go. */
  async forget(before: number): Promise<void> {
    await write.deleteFrom("trail").where("last_at", "<=", before).execute();
    for (const lane of lanes) {
      const beyond = await read
        .selectFrom("trail")
        .select("last_at")
        .where("lane", "=", lane)
        .orderBy("last_at", "desc")
        .offset(mostRows[lane])
        .limit(1)
        .executeTakeFirst();
      if (beyond)
        await write.deleteFrom("trail").where("lane", "=", lane).where("last_at", "<=", beyond.last_at).execute();
    }
  },
});

export type TrailStore = ReturnType<typeof trailStore>;
