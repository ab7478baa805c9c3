import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import type pg from "pg";
import { houseError } from "../../errors.ts";
import { isLost, isOutdated, translated } from "./postgresErrors.ts";
import { Statements } from "./statements.ts";

/** All connections were taken: pg-pool says so by these words alone. */
const isWaitInVain = (error: unknown): boolean =>
  error instanceof Error && error.message === "timeout exceeded when trying to connect";

/** Whoever waits for a connection beyond these is refused at once. */
const MOST_WAITING = 1_000;

/**
 * PostgreSQL as Kysely speaks to it, but what goes wrong is said as the house says it (`house.busy`, `house.no-database`,
 * `house.disk-full`, a Collision, NotUnique), and statements are prepared once.
 */
export class PooledDialect extends PostgresDialect {
  readonly #pool: pg.Pool;
  readonly #begin: string;

  /** @param begin how a transaction begins */
  constructor(pool: pg.Pool, begin: string) {
    super({ pool });
    this.#pool = pool;
    this.#begin = begin;
  }

  override createDriver(): Driver {
    return new PooledDriver(this.#pool, this.#begin);
  }
}

class PooledDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #begin: string;
  readonly #statements = new Statements();
  readonly #taken = new Map<DatabaseConnection, Connection>();

  constructor(pool: pg.Pool, begin: string) {
    this.#pool = pool;
    this.#begin = begin;
  }

  init = async () => {};
  destroy = () => this.#pool.end();

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#pool.waitingCount >= MOST_WAITING) throw houseError("house.busy");
    try {
      const connection = new Connection(await this.#pool.connect(), this.#statements);
      this.#taken.set(connection, connection);
      return connection;
    } catch (error) {
      throw isWaitInVain(error) ? houseError("house.busy") : translated(error);
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#taken.get(connection)?.release();
    this.#taken.delete(connection);
  }

  beginTransaction = (connection: DatabaseConnection, _settings: TransactionSettings) =>
    this.#of(connection).begin(this.#begin);
  commitTransaction = (connection: DatabaseConnection) => this.#of(connection).end("commit");
  rollbackTransaction = (connection: DatabaseConnection) => this.#of(connection).end("rollback");

  #of(connection: DatabaseConnection): Connection {
    const taken = this.#taken.get(connection);
    if (!taken) throw new Error("A transaction on a connection that was given back.");
    return taken;
  }
}

class Connection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #statements: Statements;
  #lost = false;
  #inTransaction = false;

  constructor(client: pg.PoolClient, statements: Statements) {
    this.#client = client;
    this.#statements = statements;
  }

  async begin(how: string): Promise<void> {
    await this.executeQuery(CompiledQuery.raw(how));
    this.#inTransaction = true;
  }

  async end(how: "commit" | "rollback"): Promise<void> {
    this.#inTransaction = false;
    // What a lost connection was in the middle of, the server rolls back by itself.
    if (this.#lost && how === "rollback") return;
    await this.executeQuery(CompiledQuery.raw(how));
  }

  release(): void {
    this.#client.release(this.#lost);
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#lost) throw houseError("house.no-database");
    try {
      return await this.#ask(query);
    } catch (error) {
      if (error instanceof RangeError) throw error;
      if (isLost(error)) this.#lost = true;
      if (!isOutdated(error)) throw translated(error);
      this.#statements.forget(query.sql);
      if (this.#inTransaction) throw translated(error);
      return this.executeQuery(query);
    }
  }

  async #ask<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const name = this.#statements.nameOf(sql, parameters.length);
    const { command, rowCount, rows } = await this.#client.query({
      ...(name === undefined ? {} : { name }),
      text: sql,
      values: [...parameters],
    });
    const changes = ["INSERT", "UPDATE", "DELETE"].includes(command);
    return changes ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows };
  }

  // biome-ignore lint/correctness/useYield: nothing in the house reads rows one by one
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error("Rows are not read one by one.");
  }
}
