import { setTimeout as wait } from "node:timers/promises";
import type SQLite from "better-sqlite3";
import { CompiledQuery, type DatabaseConnection, type Driver, SqliteDialect, type SqliteStatement } from "kysely";
import { houseError } from "../../errors.ts";
import { NotUnique } from "../conflicts.ts";

/** A lock of another process (a backup, somebody's look into the tables) is waited for this long, ms. */
const PATIENCE_MS = 10_000;
/** After a wait in vain, until something is written again: those in the queue behind do not wait as long one by one. */
const SHORT_MS = 250;
const LONGEST_PAUSE_MS = 100;

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
const isTaken = (error: unknown): boolean =>
  ["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"].includes(codeOf(error));
const isBusy = (error: unknown): boolean => codeOf(error).startsWith("SQLITE_BUSY");
/** The second: no room for the memory that readers and writers share. */
const isFull = (error: unknown): boolean => ["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"].includes(codeOf(error));

/**
 * SQLite as Kysely speaks to it, but nobody waits for a lock on the server's one thread: SQLite itself gives up at once
 * (busy_timeout is 0), and it is tried again after a pause in which everything else goes on. A transaction takes the write
 * lock at its beginning: once it has begun, nothing in it can find the database locked.
 * Throws `house.busy` and `house.disk-full`; nothing has been changed then.
 */
export class PatientDialect extends SqliteDialect {
  readonly #sqlite: SQLite.Database;
  readonly #patienceMs: number;

  constructor(sqlite: SQLite.Database, patienceMs = PATIENCE_MS) {
    super({ database: new Prepared(sqlite) });
    sqlite.pragma("busy_timeout = 0");
    this.#sqlite = sqlite;
    this.#patienceMs = patienceMs;
  }

  override createDriver(): Driver {
    return new PatientDriver(super.createDriver(), this.#sqlite, this.#patienceMs);
  }
}

/** Statements kept, of which the one that was longest not used goes first: lists of many lengths are as many statements. */
const MOST_STATEMENTS = 200;

/** Kysely prepares a statement each time it is used, which costs as much as its use: here it is prepared once. */
class Prepared {
  readonly #sqlite: SQLite.Database;
  readonly #statements = new Map<string, SQLite.Statement>();

  constructor(sqlite: SQLite.Database) {
    this.#sqlite = sqlite;
  }

  prepare(sql: string): SqliteStatement {
    const statement = this.#statements.get(sql) ?? this.#sqlite.prepare(sql);
    this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > MOST_STATEMENTS && oldest !== undefined) this.#statements.delete(oldest);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#sqlite.close();
  }
}

const statement = (connection: DatabaseConnection, sql: string) => connection.executeQuery(CompiledQuery.raw(sql));

class PatientDriver implements Driver {
  readonly #driver: Driver;
  readonly #sqlite: SQLite.Database;
  readonly #patienceMs: number;
  #connection: DatabaseConnection | null = null;
  #inVain = false;

  constructor(driver: Driver, sqlite: SQLite.Database, patienceMs: number) {
    this.#driver = driver;
    this.#sqlite = sqlite;
    this.#patienceMs = patienceMs;
  }

  init = () => this.#driver.init();
  destroy = () => this.#driver.destroy();
  releaseConnection = async () => {};

  async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await this.#driver.acquireConnection();
    this.#connection ??= {
      executeQuery: (query) => this.#patiently(() => inner.executeQuery(query)),
      streamQuery: (query, size) => inner.streamQuery(query, size),
    };
    return this.#connection;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await statement(connection, "begin immediate");
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await statement(connection, "commit");
  }

  /** A full disk makes SQLite roll back by itself. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#sqlite.inTransaction) await statement(connection, "rollback");
  }

  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const end = Date.now() + (this.#inVain ? Math.min(SHORT_MS, this.#patienceMs) : this.#patienceMs);
    for (let pause = 5; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        const done = await work();
        this.#inVain = false;
        return done;
      } catch (error) {
        if (isFull(error)) throw houseError("house.disk-full");
        if (isTaken(error)) throw new NotUnique();
        if (!isBusy(error)) throw error;
        if (Date.now() >= end) {
          this.#inVain = true;
          throw houseError("house.busy");
        }
      }
      await wait(pause);
    }
  }
}
