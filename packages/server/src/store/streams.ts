import { Actor, type MeetingId } from "@raadhuis/meeting";
import type { Kysely, Transaction } from "kysely";
import type { Database, OpenDatabase } from "./database.ts";
import { parseJson } from "./json.ts";
import type { Row, Tables } from "./tables.ts";

/**
 * Messages of one author that an audience keeps, and of all together. What is beyond is refused: were the oldest dropped
 * in its place, whoever floods an audience would rub out what others said.
 */
const MOST = { ofOne: 1_000, all: 10_000 };

/** One audience of one stream in one meeting. */
export interface Place {
  meeting: MeetingId;
  stream: string;
  audience: string;
}

/** How far an audience is. */
export interface Head {
  stream: string;
  audience: string;
  /** The last number given; numbers are never given again. */
  last: number;
  /** How often something was erased. */
  erasures: number;
  /** All up to this number is gone. */
  erasedThrough: number;
}

export interface Message {
  number: number;
  at: number;
  by: Actor;
  /** `null`: erased. */
  body: Record<string, unknown> | null;
}

export interface NewMessage extends Place {
  by: Actor;
  /** What its author calls it: the same one is not done twice. */
  id: string;
  /** The number it follows; undefined: whichever it is. */
  after?: number | undefined;
  body: object;
  now: number;
}

export type Appended = { number: number } | { refused: "stream.outdated" | "stream.full" };

/** An author as a column holds it. */
const authorOf = (by: Actor): string => JSON.stringify(Actor.parse(by));

const messageOf = ({ number, at, author, body }: Row<"stream_message">): Message => ({
  number,
  at,
  by: Actor.parse(JSON.parse(author)),
  body: body === null ? null : parseJson(body),
});

/** What was said to audiences: see meeting/src/streams.ts. */
export const streamStore = (
  { read, write, transact, wipeLog }: Database & Pick<OpenDatabase, "wipeLog">,
  most = MOST,
) => ({
  /** Every audience of a meeting that was told something. */
  async heads(meeting: MeetingId): Promise<Head[]> {
    const rows = await read.selectFrom("stream_audience").selectAll().where("meeting", "=", meeting).execute();
    return rows.map(({ stream, audience, last, erasures, erased_through }) => ({
      ...{ stream, audience, last, erasures },
      erasedThrough: erased_through,
    }));
  },

  /** The number an append of this id got; `undefined` for one that was not done. */
  doneAppend: (place: Place, by: Actor, id: string): Promise<number | undefined> =>
    doneIn(read, place, authorOf(by), id),

  /** All or nothing: the message, the audience's last number and the append's id. What was done has its number still. */
  async append({ by, id, after, body, now, ...place }: NewMessage): Promise<Appended> {
    const author = authorOf(by);
    return transact(async (trx, say) => {
      const done = await doneIn(trx, place, author, id);
      if (done !== undefined) return { number: done };
      const head = (await headIn(trx, place)) ?? { last: 0, erased_through: 0 };
      if (after !== undefined && after !== head.last) return { refused: "stream.outdated" };
      if (head.last - head.erased_through >= most.all || (await keptOf(trx, place, author)) >= most.ofOne)
        return { refused: "stream.full" };
      const number = head.last + 1;
      await trx
        .insertInto("stream_audience")
        .values({ ...only(place), last: number, erasures: 0, erased_through: 0 })
        .onConflict((conflict) => conflict.columns(["meeting", "stream", "audience"]).doUpdateSet({ last: number }))
        .execute();
      await trx
        .insertInto("stream_message")
        .values({ ...only(place), number, at: now, author, body: JSON.stringify(body), erasure: null })
        .execute();
      await trx
        .insertInto("done_append")
        .values({ ...only(place), author, id, number, at: now })
        .execute();
      say({ kind: "said", meeting: place.meeting });
      return { number };
    });
  },

  /** The `newest` of those after `after`, in order. */
  async messages(place: Place, after: number, newest: number): Promise<Message[]> {
    const rows = await read
      .selectFrom("stream_message")
      .selectAll()
      .where((e) => e.and(only(place)))
      .where("number", ">", after)
      .orderBy("number", "desc")
      .limit(newest)
      .execute();
    return rows.reverse().map(messageOf);
  },

  /** Which of those up to `upTo` were erased after that many erasures. */
  async erased(place: Place, upTo: number, erasures: number): Promise<number[]> {
    const rows = await read
      .selectFrom("stream_message")
      .select("number")
      .where((e) => e.and(only(place)))
      .where("number", "<=", upTo)
      .where("erasure", ">", erasures)
      .orderBy("number")
      .execute();
    return rows.map(({ number }) => number);
  },

  /** Takes the words of these messages. That they were there stays, with author and time. */
  async eraseWords(place: Place, numbers: readonly number[]): Promise<void> {
    await transact(async (trx, say) => {
      const head = await headIn(trx, place);
      if (!head) return;
      say({ kind: "said", meeting: place.meeting });
      const erasure = head.erasures + 1;
      let erased = 0n;
      for (const number of numbers) {
        const { numUpdatedRows } = await trx
          .updateTable("stream_message")
          .set({ body: null, erasure })
          .where((e) => e.and(only(place)))
          .where("number", "=", number)
          .where("body", "is not", null)
          .executeTakeFirst();
        erased += numUpdatedRows;
      }
      if (erased > 0n) await noteErasure(trx, place, { erasures: erasure });
    });
    await wipeLog();
  },

  /**
   * Takes all that was said to this audience so far, also who said it and when (but for what is kept for a day to know a
   * repeated append); the next number is the one after.
   */
  async eraseAll(place: Place): Promise<void> {
    await transact(async (trx, say) => {
      const head = await headIn(trx, place);
      if (!head) return;
      say({ kind: "said", meeting: place.meeting });
      await trx
        .deleteFrom("stream_message")
        .where((e) => e.and(only(place)))
        .execute();
      await noteErasure(trx, place, { erasures: head.erasures + 1, erased_through: head.last });
    });
    await wipeLog();
  },

  /** A page repeats a lost append within minutes, never after a day. */
  async forgetAppends(before: number): Promise<void> {
    await write.deleteFrom("done_append").where("at", "<", before).execute();
  },
});

export type StreamStore = ReturnType<typeof streamStore>;

const only = ({ meeting, stream, audience }: Place): Place => ({ meeting, stream, audience });

const headIn = (trx: Transaction<Tables>, place: Place) =>
  trx
    .selectFrom("stream_audience")
    .select(["last", "erasures", "erased_through"])
    .where((e) => e.and(only(place)))
    .executeTakeFirst();

async function doneIn(db: Kysely<Tables>, place: Place, author: string, id: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("done_append")
    .select("number")
    .where((e) => e.and({ ...only(place), author, id }))
    .executeTakeFirst();
  return row?.number;
}

async function keptOf(trx: Transaction<Tables>, place: Place, author: string): Promise<number> {
  const { count } = await trx
    .selectFrom("stream_message")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where((e) => e.and({ ...only(place), author }))
    .executeTakeFirstOrThrow();
  return count;
}

const noteErasure = (trx: Transaction<Tables>, place: Place, erasure: { erasures: number; erased_through?: number }) =>
  trx
    .updateTable("stream_audience")
    .set(erasure)
    .where((e) => e.and(only(place)))
    .execute();
