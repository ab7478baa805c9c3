import { MeetingId, SeatId } from "@raadhuis/meeting";
import type { SessionEnd } from "@raadhuis/protocol/http";
import type { Kysely } from "kysely";
import type { Database } from "./database.ts";
import { sessionsEnded } from "./feed/news.ts";
import { endOf, type Lifetime, lifetimes, USE_NOTED_MS } from "./lifetimes.ts";
import type { Row, Tables } from "./tables.ts";

/** A session, and of its meeting what decides on its end. */
export type SessionRow = Row<"session"> & { starts_at: number | null; ended_at: number | null };

export interface OverSession {
  hash: string;
  meeting: string | null;
  seat: string | null;
  clerk: string | null;
  end: SessionEnd;
}

/**
 * A meeting that ends sees to its own media. A session that was not used may have some: its person closed their page and
 * left the rest open.
 */
function withMedia(
  { meeting, seat }: Omit<OverSession, "hash" | "end">,
  end: SessionEnd,
): { meeting: MeetingId; seat: SeatId } | null {
  const of = { meeting: MeetingId.safeParse(meeting), seat: SeatId.safeParse(seat) };
  if (end === "session.meeting-ended" || !of.meeting.success || !of.seat.success) return null;
  return { meeting: of.meeting.data, seat: of.seat.data };
}

/** Sessions in one query; SQLite takes some thousand values. */
const AT_ONCE = 500;

const sessions = (db: Kysely<Tables>) =>
  db
    .selectFrom("session")
    .leftJoin("meeting", "meeting.id", "session.meeting")
    .selectAll("session")
    .select(["meeting.starts_at", "meeting.ended_at"]);

const lifetimeOf = (row: SessionRow): Lifetime => ({
  kind: row.kind,
  madeAt: row.made_at,
  usedAt: row.used_at,
  expiresAt: row.expires_at,
  startsAt: row.starts_at,
  endedAt: row.ended_at,
});

/** The session, when it lives; nothing is written down. */
export async function livingSession(
  db: Kysely<Tables>,
  hash: string,
  now: number,
): Promise<Row<"session"> | undefined> {
  const row = await sessions(db).where("session.hash", "=", hash).executeTakeFirst();
  return row && !endOf(lifetimeOf(row), now) ? row : undefined;
}

/** Sessions whose use is being written down. */
const noting = new Set<string>();

/**
 * The session, when it lives; that it was used is written down now and then. Whoever asks does not wait for that: another
 * program may hold the database, and what could not be written is at the next use.
 */
export async function useSession(
  { read, write }: Pick<Database, "read" | "write">,
  hash: string,
  now: number,
): Promise<Row<"session"> | undefined> {
  const row = await livingSession(read, hash, now);
  if (!row) return undefined;
  if (now - row.used_at >= USE_NOTED_MS && !noting.has(hash)) {
    noting.add(hash);
    write
      .updateTable("session")
      .set({ used_at: now })
      .where("hash", "=", hash)
      .execute()
      .catch(() => undefined)
      .finally(() => noting.delete(hash));
  }
  return row;
}

/** How sessions end by themselves. */
export const sessionStore = ({ read, write, transact }: Database) => ({
  /** Those that open pages belong to are in use. */
  async use(hashes: readonly string[], now: number): Promise<void> {
    for (let n = 0; n < hashes.length; n += AT_ONCE)
      await write
        .updateTable("session")
        .set({ used_at: now })
        .where("hash", "in", hashes.slice(n, n + AT_ONCE))
        .where("used_at", "<=", now - USE_NOTED_MS)
        .execute();
  },

  /** Ends what is over, some hundred at a time, and says what it was and why. */
  async endOver(now: number): Promise<OverSession[]> {
    const { clerk, seat } = lifetimes;
    const old = await sessions(read)
      .where((where) =>
        where.or([
          where("session.expires_at", "<=", now),
          where("session.used_at", "<=", now - seat.idle),
          where.and([where("session.kind", "=", "clerk"), where("session.used_at", "<=", now - clerk.idle)]),
          where("meeting.ended_at", "<=", now - seat.afterEnd),
          where("meeting.starts_at", "<=", now - seat.afterStart),
        ]),
      )
      .execute();
    const over = old.flatMap((row) => {
      const end = endOf(lifetimeOf(row), now);
      return end ? [{ hash: row.hash, meeting: row.meeting, seat: row.seat, clerk: row.clerk, end }] : [];
    });
    const ended = over.slice(0, AT_ONCE);
    if (ended.length > 0)
      await transact(async (trx, say) => {
        const hashes = ended.map(({ hash }) => hash);
        await trx.deleteFrom("session").where("hash", "in", hashes).execute();
        for (const { hash, end, ...over } of ended) say(...sessionsEnded([hash], withMedia(over, end)));
      });
    return ended;
  },
});

export type SessionStore = ReturnType<typeof sessionStore>;
