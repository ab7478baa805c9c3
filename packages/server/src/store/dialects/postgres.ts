import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Serial } from "@raadhuis/process";
import type { PostgresAt } from "@raadhuis/protocol/settings";
import { Kysely, sql } from "kysely";
import pg from "pg";
import { houseError } from "../../errors.ts";
import { Collision } from "../conflicts.ts";
import type { OpenDatabase, Words } from "../database.ts";
import { bringUpToDate } from "../migrate.ts";
import type { Tables } from "../tables.ts";
import { PooledDialect } from "./pooled.ts";

/** How long anything is waited for: a connection, a lock, a statement, ms. */
const PATIENCE_MS = 10_000;
/** Whoever stands still in a transaction, with locks, is ended: a server that hangs must not hold up the others. */
const STANDING_STILL_MS = 3_000;
/** On top of the server's own patience, before it is taken for gone. */
const SILENCE_MS = 2_000;
/** Bringing tables up to date: others that do so are waited for, and large tables are. */
const MIGRATING = { lockMs: 60_000, statementMs: 30 * 60_000 };
/** Connections of one server. PostgreSQL itself has a hundred, if nobody says otherwise. */
const MOST_READING = 8;
const MOST_WRITING = 6;
const LONGEST_PAUSE_MS = 100;

const INT8 = 20;
const NUMERIC = 1700;
/** Counts, sums and times: whole numbers that a double holds, or it is not said. */
function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError("A number in the database is larger than the house counts.");
  return number;
}
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (oid === INT8 || oid === NUMERIC) && format !== "binary" ? wholeNumber : pg.types.getTypeParser(oid, format),
};

const words: Words = {
  clock: sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
  forShare: sql`for share`,
  skipLocked: sql`for update skip locked`,
};

interface Bounds {
  most: number;
  lockMs: number;
  statementMs: number;
  /** Waits for a connection. */
  patienceMs: number;
  readOnly?: boolean;
}

/** How to reach it, for any connection. */
export function clientSettings({ host, port, user, password, database, tls }: PostgresAt): pg.ClientConfig {
  return {
    ...{ host, port, user, database, types, keepAlive: true },
    ...(password === null ? {} : { password }),
    // pg itself compares the certificate's name with no address.
    ssl: tls !== null && { host, ...(tls.authorities === null ? {} : { ca: readFileSync(tls.authorities) }) },
  };
}

function poolOf(at: PostgresAt, { most, lockMs, statementMs, patienceMs, readOnly = false }: Bounds): pg.Pool {
  const settings = {
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: STANDING_STILL_MS,
    ...(readOnly ? { default_transaction_read_only: "on" } : {}),
  };
  const pool = new pg.Pool({
    ...{ ...clientSettings(at), max: most, connectionTimeoutMillis: patienceMs },
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    query_timeout: statementMs + SILENCE_MS,
    application_name: "raadhuis",
  });
  // A lost connection is told by the statement that was on it, and by nobody's where there was none.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Where it is, for people: without user or password. */
const nameOf = ({ host, port, database }: PostgresAt): string => `${database} at ${host}:${port}`;

/**
 * Opens a database that is there, and brings its tables up to date. Transactions are serializable: they come out as if one
 * was done after the other, as SQLite's are, and where two get in each other's way one is done again.
 * Throws `house.no-database` where it does not answer, and what it says where it does not let us in.
 */
export async function openPostgres(at: PostgresAt, patienceMs = PATIENCE_MS): Promise<OpenDatabase> {
  const migrating = new Kysely<Tables>({
    dialect: new PooledDialect(poolOf(at, { ...MIGRATING, most: 1, patienceMs }), "begin"),
  });
  try {
    await mustKeepEveryLetter(migrating, nameOf(at));
    await bringUpToDate(migrating, nameOf(at));
  } finally {
    await migrating.destroy();
  }
  const bounds = { lockMs: patienceMs, statementMs: patienceMs, patienceMs };
  const collided = new Serial();
  const begin = "begin isolation level serializable";
  const write = new Kysely<Tables>({
    dialect: new PooledDialect(poolOf(at, { ...bounds, most: MOST_WRITING }), begin),
  });
  const read = new Kysely<Tables>({
    dialect: new PooledDialect(poolOf(at, { ...bounds, most: MOST_READING, readOnly: true }), begin),
  });
  return {
    words,
    write,
    read,
    transact: (work) => againWhileCollided(patienceMs, collided, () => write.transaction().execute(work)),
    // What was erased is out of every query's reach; what becomes of its bytes is PostgreSQL's (docs/security.md).
    wipeLog: async () => {},
    close: async () => {
      await Promise.all([read.destroy(), write.destroy()]);
    },
  };
}

/**
 * Does it again while others get in its way, after a pause by lot, so that two do not meet again. What collided is done one
 * after the other: a crowd that all wants the same does not keep itself from it.
 */
async function againWhileCollided<T>(patienceMs: number, collided: Serial, work: () => Promise<T>): Promise<T> {
  const end = Date.now() + patienceMs;
  const first = await unlessCollided(work);
  if ("done" in first) return first.done;
  return collided.run(async () => {
    for (let pause = 4; Date.now() < end; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const next = await unlessCollided(work);
      if ("done" in next) return next.done;
      await wait(randomInt(pause));
    }
    throw houseError("house.busy");
  });
}

async function unlessCollided<T>(work: () => Promise<T>): Promise<{ done: T } | { collided: true }> {
  try {
    return { done: await work() };
  } catch (error) {
    if (error instanceof Collision) return { collided: true };
    throw error;
  }
}

/** Names are in every script. */
async function mustKeepEveryLetter(db: Kysely<Tables>, name: string): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(db);
  if (rows[0]?.encoding !== "UTF8")
    throw new Error(`The database ${name} keeps ${rows[0]?.encoding}: make it anew with encoding UTF8.`);
}
