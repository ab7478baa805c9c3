import { sql, type Transaction } from "kysely";
import { newId } from "../random.ts";
import type { Database, OpenDatabase } from "./database.ts";
import type { Row, Tables } from "./tables.ts";

/** Jobs that may wait; whoever would add more is refused. */
const MOST_WAITING = 10_000;
/** Jobs that a list shows: those that are dead first, then by when they are to be done. */
const MOST_LISTED = 200;

/** A job as it is written: what it says is in one text, opened by that key where there is one. */
export interface NewJob {
  id: string;
  kind: string;
  payload: string;
  key: string | null;
}

/** A job that this server does now. `claim`: what it says of it counts as long as nobody else has taken it. */
export interface Claimed extends NewJob {
  claim: number;
  /** With this one. */
  attempts: number;
}

/** A job as the office sees it: nothing of what it says. */
export interface ListedJob {
  id: string;
  kind: string;
  state: "waiting" | "running" | "dead";
  attempts: number;
  error: string | null;
  madeAt: number;
  /** When it is to be done, or done again. */
  due: number;
}

/** There are as many jobs as are kept. */
export class TooManyJobs extends Error {
  constructor() {
    super("There are as many jobs waiting as the house keeps.");
    this.name = "TooManyJobs";
  }
}

async function addJob(
  trx: Transaction<Tables>,
  { words }: Pick<Database, "words">,
  job: NewJob,
  inMs: number,
  most: number,
): Promise<void> {
  const waiting = await trx.selectFrom("job").select("id").where("dead", "=", 0).limit(most).execute();
  if (waiting.length >= most) throw new TooManyJobs();
  const { id, kind, payload, key } = job;
  const due = sql<number>`${words.clock} + ${sql.lit(inMs)}`;
  await trx
    .insertInto("job")
    .values({ id, kind, payload, key, made_at: words.clock, due, attempts: 0, claim: 0, dead: 0 })
    .execute();
}

export const newJobId = newId;

const listed = (
  row: Pick<Row<"job">, "id" | "kind" | "attempts" | "error" | "due" | "made_at" | "dead"> & { running: number },
): ListedJob => ({
  ...{ id: row.id, kind: row.kind, attempts: row.attempts, error: row.error, madeAt: row.made_at, due: row.due },
  state: row.dead === 1 ? "dead" : row.running === 1 ? "running" : "waiting",
});

interface Limits {
  mostWaiting?: number;
}

/** What is to be done, at least once, by whichever server comes first. Times are the database's. */
export const jobStore = (
  { read, write, transact, words }: Pick<OpenDatabase, "read" | "write" | "transact" | "words">,
  { mostWaiting = MOST_WAITING }: Limits = {},
) => ({
  /** Writes a job in the transaction of what causes it: both are there afterwards, or neither. Throws TooManyJobs. */
  addIn: (trx: Transaction<Tables>, job: NewJob, inMs = 0): Promise<void> =>
    addJob(trx, { words }, job, inMs, mostWaiting),

  /** One that nothing else causes. */
  add: (job: NewJob, inMs = 0): Promise<void> => transact((trx) => addJob(trx, { words }, job, inMs, mostWaiting)),

  /** The next one of these kinds that is due and nobody's, for so long. */
  async claim(kinds: readonly string[], ms: number): Promise<Claimed | undefined> {
    if (kinds.length === 0) return undefined;
    return write
      .updateTable("job")
      .set(({ eb }) => ({
        attempts: eb("attempts", "+", 1),
        claim: eb("claim", "+", 1),
        claimed_until: sql<number>`${words.clock} + ${sql.lit(ms)}`,
      }))
      .where("id", "=", (e) =>
        e
          .selectFrom("job")
          .select("id")
          .where("dead", "=", 0)
          .where("due", "<=", words.clock)
          .where((or) => or.or([or("claimed_until", "is", null), or("claimed_until", "<=", words.clock)]))
          .where("kind", "in", kinds)
          .orderBy("due")
          .orderBy("id")
          .limit(1)
          .modifyEnd(words.skipLocked),
      )
      .returning(["id", "kind", "payload", "key", "claim", "attempts"])
      .executeTakeFirst();
  },

  /** Takes longer. False: another server has it, or it is over. */
  async extend({ id, claim }: Pick<Claimed, "id" | "claim">, ms: number): Promise<boolean> {
    const { numUpdatedRows } = await write
      .updateTable("job")
      .set({ claimed_until: sql<number>`${words.clock} + ${sql.lit(ms)}` })
      .where("id", "=", id)
      .where("claim", "=", claim)
      .where("claimed_until", ">", words.clock)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },

  /** It is done: it goes, with all that it said. */
  async done({ id, claim }: Pick<Claimed, "id" | "claim">): Promise<void> {
    await write.deleteFrom("job").where("id", "=", id).where("claim", "=", claim).execute();
  },

  /** It failed with this code, and is done again after so long; `null`: not any more. */
  async failed({ id, claim }: Pick<Claimed, "id" | "claim">, error: string, againInMs: number | null): Promise<void> {
    await write
      .updateTable("job")
      .set({
        ...{ error, claimed_until: null },
        ...(againInMs === null ? { dead: 1 } : { due: sql<number>`${words.clock} + ${sql.lit(againInMs)}` }),
      })
      .where("id", "=", id)
      .where("claim", "=", claim)
      .execute();
  },

  /** It was begun and not done, for a reason that is not its own: it is as if it had not been begun. */
  async giveBack({ id, claim }: Pick<Claimed, "id" | "claim">): Promise<void> {
    await write
      .updateTable("job")
      .set(({ eb }) => ({ attempts: eb("attempts", "-", 1), claimed_until: null }))
      .where("id", "=", id)
      .where("claim", "=", claim)
      .execute();
  },

  /** Those of a kind that took their server with them that often are not tried any more. */
  async bury(kind: string, mostAttempts: number, error: string): Promise<Pick<Claimed, "id" | "kind">[]> {
    return write
      .updateTable("job")
      .set({ dead: 1, claimed_until: null, error })
      .where("kind", "=", kind)
      .where("dead", "=", 0)
      .where("attempts", ">=", mostAttempts)
      .where("claimed_until", "<=", words.clock)
      .returning(["id", "kind"])
      .execute();
  },

  /** For the office. */
  async list(): Promise<ListedJob[]> {
    const rows = await read
      .selectFrom("job")
      .select(["id", "kind", "attempts", "error", "due", "made_at", "dead"])
      .select((e) => e.case().when("claimed_until", ">", words.clock).then(1).else(0).end().as("running"))
      .orderBy("dead", "desc")
      .orderBy("due")
      .orderBy("id")
      .limit(MOST_LISTED)
      .execute();
    return rows.map(listed);
  },

  /** A dead one is tried again from its beginning. False: it is none. */
  async retry(id: string): Promise<boolean> {
    const { numUpdatedRows } = await write
      .updateTable("job")
      .set({ dead: 0, attempts: 0, due: words.clock })
      .where("id", "=", id)
      .where("dead", "=", 1)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },

  /** A dead one goes, undone. False: it is none. */
  async giveUp(id: string): Promise<boolean> {
    const { numDeletedRows } = await write
      .deleteFrom("job")
      .where("id", "=", id)
      .where("dead", "=", 1)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  },

  /** Dead ones that nobody has looked after for so long. */
  async forgetDead(ms: number): Promise<void> {
    await write
      .deleteFrom("job")
      .where("dead", "=", 1)
      .where("due", "<=", sql<number>`${words.clock} - ${sql.lit(ms)}`)
      .execute();
  },
});

export type JobStore = ReturnType<typeof jobStore>;
