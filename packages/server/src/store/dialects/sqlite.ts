import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import SQLite from "better-sqlite3";
import { Kysely, sql } from "kysely";
import type { OpenDatabase, Words } from "../database.ts";
import { bringUpToDate } from "../migrate.ts";
import type { Tables } from "../tables.ts";
import { PatientDialect } from "./patient.ts";

const words: Words = {
  clock: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
  forShare: sql``,
  skipLocked: sql``,
};

/**
 * Opens the file, and makes it when it is not there. What is committed is on the disk: WAL with synchronous=FULL syncs the
 * log at every commit. Two connections: Kysely lets one query after the other use a connection, and a transaction that
 * waits for another process's lock would have everybody behind it who only looks something up (WAL: readers wait for no
 * writer). Throws when a migration fails; nothing is changed then.
 */
export async function openSqlite(file: string, patienceMs?: number): Promise<OpenDatabase> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const sqlite = new SQLite(file);
  chmodSync(file, 0o600);
  sqlite.pragma("journal_mode = WAL");
  sqlite.pragma("synchronous = FULL");
  sqlite.pragma("foreign_keys = ON");
  sqlite.pragma("secure_delete = ON");
  const write = new Kysely<Tables>({ dialect: new PatientDialect(sqlite, patienceMs) });
  try {
    // One transaction: Kysely itself locks nothing here, and would leave a migration that fails half done.
    await sql`begin immediate`.execute(write);
    await bringUpToDate(write, file);
    await sql`commit`.execute(write);
  } catch (error) {
    await write.destroy();
    throw error;
  }
  const read = new Kysely<Tables>({ dialect: new PatientDialect(new SQLite(file, { readonly: true }), patienceMs) });
  return {
    words,
    write,
    read,
    transact: (work) => write.transaction().execute(work),
    wipeLog: async () => {
      await sql`pragma wal_checkpoint(truncate)`.execute(write);
    },
    close: async () => {
      await read.destroy();
      await write.destroy();
    },
  };
}
