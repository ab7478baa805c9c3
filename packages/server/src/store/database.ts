import type { Kysely, RawBuilder, Transaction } from "kysely";
import type { News } from "./feed/news.ts";
import type { Tables } from "./tables.ts";

/** Tells every server of what the transaction changes: after its commit, and not at all where it comes to nothing. */
export type Say = (...news: News[]) => void;

/** What the two engines say in other words. */
export interface Words {
  /** Now, by the database's own clock, ms since 1970: the one clock that several servers have together. */
  clock: RawBuilder<number>;
  /** At the end of a select: nobody changes these rows before the transaction ends (SQLite: nobody changes anything). */
  forShare: RawBuilder<unknown>;
  /** The same for rows that are to be changed here; those that others have taken are passed over. */
  skipLocked: RawBuilder<unknown>;
}

export interface Database {
  words: Words;
  /** One statement that changes something. */
  write: Kysely<Tables>;
  /** Sees what is committed, and can change nothing. */
  read: Kysely<Tables>;
  /**
   * All of it or nothing, as if nobody else changed anything meanwhile. `work` may be done again from its beginning, where
   * others got in its way: it does nothing outside the transaction.
   */
  transact<T>(work: (trx: Transaction<Tables>, say: Say) => Promise<T>): Promise<T>;
}

export interface OpenDatabase extends Omit<Database, "transact"> {
  /** The same, without anybody being told. */
  transact<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;

  /**
   * Something was erased: it goes from SQLite's log, too, which would keep it until it is written anew (in the file itself
   * secure_delete overwrites it). While another program reads the file it may stay there until then. PostgreSQL overwrites
   * nothing: docs/security.md says what stays.
   */
  wipeLog(): Promise<void>;
  close(): Promise<void>;
}
