/** Statements that each connection keeps prepared: those that came first, as the commonest do. */
const MOST_STATEMENTS = 200;
/** Lists of many lengths are as many statements, each of which is hardly used again. */
const MOST_VALUES = 16;

/** By which names statements are prepared on a server, once for each connection; `undefined`: it is not. */
export class Statements {
  readonly #names = new Map<string, string | undefined>();

  nameOf(sql: string, values: number): string | undefined {
    if (this.#names.has(sql)) return this.#names.get(sql);
    if (values === 0 || values > MOST_VALUES || this.#names.size >= MOST_STATEMENTS) return undefined;
    const name = `raadhuis_${this.#names.size + 1}`;
    this.#names.set(sql, name);
    return name;
  }

  /** A table has changed under it. */
  forget(sql: string): void {
    this.#names.set(sql, undefined);
  }
}
