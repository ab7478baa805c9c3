import { MeetingId, SeatId } from "@raadhuis/meeting";
import type { Transaction } from "kysely";
import type { Database } from "./database.ts";
import { linksRenewed, sessionsEnded } from "./feed/news.ts";
import { livingSession, useSession } from "./sessions.ts";
import type { Tables } from "./tables.ts";

export interface SeatOfMeeting {
  meeting: MeetingId;
  seat: SeatId;
}

const seatOfMeeting = (row: { meeting: string; seat: string }): SeatOfMeeting => ({
  meeting: MeetingId.parse(row.meeting),
  seat: SeatId.parse(row.seat),
});

/** Sessions of one seat, or of one clerk: several computers, each opened anew now and then. One ends for a new one. */
const MOST_SESSIONS = 12;

/** A session that may have to make room. */
export interface Kept {
  hash: string;
  madeAt: number;
}

/** In which order they make room. */
export type Order = (kept: readonly Kept[]) => Kept[];

const oldestFirst: Order = (kept) => kept.toSorted((a, b) => a.madeAt - b.madeAt);

/** Makes room for one more session of this seat or clerk; the hashes of those that ended for it. */
async function makeRoom(
  trx: Transaction<Tables>,
  of: { meeting: string; seat: string } | { clerk: string },
  order: Order = oldestFirst,
): Promise<string[]> {
  let sessions = trx.selectFrom("session").select(["hash", "made_at"]);
  for (const [column, value] of Object.entries(of)) sessions = sessions.where(trx.dynamic.ref(column), "=", value);
  const kept = (await sessions.execute()).map(({ hash, made_at }) => ({ hash, madeAt: made_at }));
  const tooMany = Math.max(0, kept.length - (MOST_SESSIONS - 1));
  const ended = order(kept)
    .slice(0, tooMany)
    .map(({ hash }) => hash);
  if (ended.length > 0) await trx.deleteFrom("session").where("hash", "in", ended).execute();
  return ended;
}

const newSession = ({ hash, now, expiresAt }: { hash: string; now: number; expiresAt: number }) => ({
  hash,
  made_at: now,
  used_at: now,
  expires_at: expiresAt,
});

/** Links and sessions. Everything here is looked up by the hash of a secret; the secrets are kept nowhere. */
export const accessStore = ({ read, write, transact }: Database) => ({
  async invited(hash: string): Promise<SeatOfMeeting | undefined> {
    const row = await read.selectFrom("invitation").selectAll().where("hash", "=", hash).executeTakeFirst();
    return row && seatOfMeeting(row);
  },

  /**
   * New links for seats of a meeting, all of them or none; the old ones and every session they gave end at once. Seats of
   * which there were sessions, once for each.
   */
  async invite(meeting: MeetingId, links: readonly { seat: SeatId; hash: string }[], now: number): Promise<string[]> {
    const seats = links.map(({ seat }) => seat);
    return transact(async (trx, say) => {
      await trx.deleteFrom("invitation").where("meeting", "=", meeting).where("seat", "in", seats).execute();
      const ended = await trx
        .deleteFrom("session")
        .where("meeting", "=", meeting)
        .where("seat", "in", seats)
        .returning("seat")
        .execute();
      await trx
        .insertInto("invitation")
        .values(links.map(({ seat, hash }) => ({ hash, meeting, seat, made_at: now })))
        .execute();
      say(...linksRenewed(meeting, seats));
      return ended.flatMap(({ seat }) => seat ?? []);
    });
  },

  /**
   * Exchanges a link for a session, in one transaction, so that a link withdrawn at this moment opens nothing. `ended`:
   * sessions of that seat that made room for it, the first in that order. "over": the meeting is. `undefined`: no such link of that meeting.
   */
  async redeem(
    invitation: { meeting: string; hash: string },
    session: { hash: string; now: number; expiresAt: number; order?: Order },
  ): Promise<{ seat: SeatOfMeeting; ended: string[] } | "over" | undefined> {
    return transact(async (trx, say) => {
      const row = await trx
        .selectFrom("invitation")
        .selectAll()
        .where("hash", "=", invitation.hash)
        .where("meeting", "=", invitation.meeting)
        .executeTakeFirst();
      if (!row) return undefined;
      const seat = seatOfMeeting(row);
      const meeting = await trx.selectFrom("meeting").select("phase").where("id", "=", row.meeting).executeTakeFirst();
      if (meeting?.phase === "ended") return "over";
      const ended = await makeRoom(trx, seat, session.order);
      await trx
        .insertInto("session")
        .values({ ...newSession(session), kind: "seat", ...seat, clerk: null })
        .execute();
      say(...sessionsEnded(ended, seat));
      return { seat, ended };
    });
  },

  async seatSession(hash: string, now: number): Promise<SeatOfMeeting | undefined> {
    const row = await useSession({ read, write }, hash, now);
    return row?.meeting && row.seat ? seatOfMeeting({ meeting: row.meeting, seat: row.seat }) : undefined;
  },

  /** The hashes of this clerk's sessions that made room for it. */
  async addClerkSession(session: { hash: string; now: number; expiresAt: number }, clerk: string): Promise<string[]> {
    return transact(async (trx, say) => {
      const ended = await makeRoom(trx, { clerk });
      await trx
        .insertInto("session")
        .values({ ...newSession(session), kind: "clerk", meeting: null, seat: null, clerk })
        .execute();
      say(...sessionsEnded(ended));
      return ended;
    });
  },

  /** The clerk's id. */
  async clerkSession(hash: string, now: number): Promise<string | undefined> {
    return (await useSession({ read, write }, hash, now))?.clerk ?? undefined;
  },

  async endSession(hash: string): Promise<void> {
    await transact(async (trx, say) => {
      await trx.deleteFrom("session").where("hash", "=", hash).execute();
      say(...sessionsEnded([hash]));
    });
  },

  /** One set-up link at a time: an earlier one ends. */
  async putSetUpLink(hash: string, expiresAt: number): Promise<void> {
    await transact(async (trx) => {
      await trx.deleteFrom("link").where("kind", "=", "set-up").execute();
      await trx
        .insertInto("link")
        .values({ hash, kind: "set-up", clerk: null, session: null, expires_at: expiresAt, used_at: null })
        .execute();
    });
  },

  /** `undefined`: there is no such link. */
  async setUpLink(hash: string, now: number): Promise<"good" | "lapsed" | undefined> {
    const row = await read
      .selectFrom("link")
      .select("expires_at")
      .where("hash", "=", hash)
      .where("kind", "=", "set-up")
      .executeTakeFirst();
    if (!row) return undefined;
    return (row.expires_at ?? 0) > now ? "good" : "lapsed";
  },

  /** `session`: the one in which it is made. */
  async putSignInLink(hash: string, of: { clerk: string; session: string }, expiresAt: number): Promise<void> {
    await write
      .insertInto("link")
      .values({ hash, kind: "sign-in", ...of, expires_at: expiresAt, used_at: null })
      .execute();
  },

  /**
   * The clerk whose link it is, and whether it opens: it does once, before it lapses, and while the session lives in which
   * it was made. `until`: that one's longest end, which is the new one's too: by links alone nobody stays in for ever.
   */
  async useSignInLink(
    hash: string,
    now: number,
  ): Promise<{ clerk: string; link: "used" | "lapsed" } | { clerk: string; link: "good"; until: number } | undefined> {
    return transact(async (trx) => {
      const row = await trx
        .selectFrom("link")
        .selectAll()
        .where("hash", "=", hash)
        .where("kind", "=", "sign-in")
        .executeTakeFirst();
      if (!row?.clerk) return undefined;
      if (row.used_at !== null) return { clerk: row.clerk, link: "used" };
      const maker = row.session === null ? undefined : await livingSession(trx, row.session, now);
      if ((row.expires_at ?? 0) <= now || !maker) return { clerk: row.clerk, link: "lapsed" };
      await trx.updateTable("link").set({ used_at: now }).where("hash", "=", hash).execute();
      return { clerk: row.clerk, link: "good", until: maker.expires_at };
    });
  },

  async forgetLapsed(now: number): Promise<void> {
    await write
      .deleteFrom("link")
      .where("kind", "=", "sign-in")
      .where("expires_at", "<=", now - 7 * 24 * 3600_000)
      .execute();
  },
});
