import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import SQLite from "better-sqlite3";
import { Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { migrations } from "./migrations.ts";
import { PatientDialect } from "./patient.ts";
import type { Tables } from "./tables.ts";

/**
 * Two connections to one file. Kysely lets one query after the other use a connection: a transaction that waits for
 * another process's lock would have everybody behind it who only looks something up (WAL: readers wait for no writer).
 */
export interface Database {
  /** All that changes something, and what it must see to do so. */
  write: Kysely<Tables>;
  /** Sees what is committed, and can change nothing. */
  read: Kysely<Tables>;
}

export interface OpenDatabase extends Database {
  /**
   * Something was erased: it goes from SQLite's log, too, which would keep it until it is written anew (in the file itself
   * secure_delete overwrites it). While another program reads the file it may stay there until then.
   */
  wipeLog(): Promise<void>;
}

/**
 * Opens the file, makes it when it is not there, and brings its tables up to date. What is committed is on the disk:
 * WAL with synchronous=FULL syncs the log at every commit. Throws when a migration fails; nothing is changed then.
 */
export async function openDatabase(file: string, patienceMs?: number): Promise<OpenDatabase> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const sqlite = new SQLite(file);
  chmodSync(file, 0o600);
  sqlite.pragma("journal_mode = WAL");
  sqlite.pragma("synchronous = FULL");
  sqlite.pragma("foreign_keys = ON");
  sqlite.pragma("secure_delete = ON");
  const write = new Kysely<Tables>({ dialect: new PatientDialect(sqlite, patienceMs) });
  const migrator = new Migrator({ db: write, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) {
    await write.destroy();
    throw new Error(`The tables in ${file} could not be brought up to date.`, { cause: error });
  }
  const reader = new SQLite(file, { readonly: true });
  return {
    write,
    read: new Kysely<Tables>({ dialect: new PatientDialect(reader, patienceMs) }),
    wipeLog: async () => {
      await sql`pragma wal_checkpoint(truncate)`.execute(write);
    },
  };
}
