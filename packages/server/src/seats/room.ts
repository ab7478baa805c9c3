import type { Kept, Order } from "../store/access.ts";

interface Known {
  hasPage(hash: string): boolean;
  /** Was it made from where the new one is? */
  isOwn(hash: string): boolean;
}

/**
 * A seat's sessions make room where that takes least from whoever sits there: those without an open page first; of these
 * those from where the new one is made, the oldest first, as one's own; then whatever came last. So the holder of a link
 * that leaked ends their own sessions before those of whoever was there first.
 */
export const leastMissedFirst =
  ({ hasPage, isOwn }: Known): Order =>
  (kept) => {
    const weigh = ({ hash, madeAt }: Kept) => {
      const own = isOwn(hash);
      return { hash, madeAt, page: hasPage(hash) ? 1 : 0, other: own ? 0 : 1, age: own ? madeAt : -madeAt };
    };
    return kept.map(weigh).sort((a, b) => a.page - b.page || a.other - b.other || a.age - b.age);
  };

/** More than a house has of people who are in at a time. */
const MOST = 10_000;

/** From which network sessions were made, as long as this process lives and there are not too many of them. */
export class Origins {
  readonly #networks = new Map<string, string>();

  note(hash: string, network: string): void {
    this.#networks.set(hash, network);
    if (this.#networks.size <= MOST) return;
    const [oldest] = this.#networks.keys();
    if (oldest !== undefined) this.#networks.delete(oldest);
  }

  forget(hashes: readonly string[]): void {
    for (const hash of hashes) this.#networks.delete(hash);
  }

  isFrom(hash: string, network: string): boolean {
    return this.#networks.get(hash) === network;
  }
}
