import { Bucket, Limits } from "./limits.ts";

/** How often one person may come in or back. */
const joinRate = { burst: 100, perSecond: 10 };

interface Visitor {
  joins: Bucket;
  limits: Limits;
}

/** The rates of each person of one room, by identity: whoever leaves and comes in again does not begin anew. */
export class Visitors {
  readonly #known = new Map<string, Visitor>();

  limitsOf(identity: string): Limits {
    return this.#visitor(identity).limits;
  }

  mayCome(identity: string): boolean {
    return this.#visitor(identity).joins.take();
  }

  /** Forgets whom there is no need to remember. */
  left(present: { has(identity: string): boolean }): void {
    for (const [identity, { joins, limits }] of this.#known)
      if (!present.has(identity) && joins.isFull && limits.areFull) this.#known.delete(identity);
  }

  #visitor(identity: string): Visitor {
    const known = this.#known.get(identity) ?? { joins: new Bucket(joinRate), limits: new Limits() };
    this.#known.set(identity, known);
    return known;
  }
}
