import type { Transaction } from "kysely";
import type { Tables } from "../tables.ts";
import type { News } from "./news.ts";

/**
 * By which every server of a house hears of every change, those made by itself among them: after it is in the store, in
 * the order in which it came there.
 */
export interface Feed {
  /** Whether others can be there at all. */
  readonly shared: boolean;
  /** Listeners return at once, and do their work later. */
  hear(listener: (news: News) => void): void;
  /** Something may have been missed: whatever is known from the store is to be looked at anew. */
  onGap(listener: () => void): void;
  /** What is true at this server at this moment, and kept nowhere. The same said twice at once may be heard once. */
  tell(news: readonly News[]): void;
  /** For how long nothing could have been heard, ms. */
  silentMs(): number;
  /** How many other servers listen at this moment; one that died just now may be among them. */
  others(): Promise<number>;
}

/** A server that has heard nothing for so long, ms, does not know what others have decided meanwhile. */
const DEAF_MS = 2_000;

export const isDeaf = (feed: Pick<Feed, "silentMs">): boolean => feed.silentMs() > DEAF_MS;

/** The feed as the store itself uses it. */
export interface StoreFeed extends Feed {
  /** The transaction is about to be committed. */
  within(trx: Transaction<Tables>, news: readonly News[]): Promise<void>;
  /** It was. */
  committed(news: readonly News[]): void;
  close(): Promise<void>;
}

/** Tells each of its listeners; one that fails keeps nothing from the others. */
export class Listeners<Told extends unknown[]> {
  readonly #listeners: ((...told: Told) => void)[] = [];
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  add(listener: (...told: Told) => void): void {
    this.#listeners.push(listener);
  }

  tell(...told: Told): void {
    for (const listener of this.#listeners)
      try {
        listener(...told);
      } catch (error) {
        this.#onError(error);
      }
  }
}

/** One server alone: what it has written it hears at once, and misses nothing. */
export class OwnFeed implements StoreFeed {
  readonly shared = false;
  readonly #listeners: Listeners<[News]>;

  constructor(onError: (error: unknown) => void) {
    this.#listeners = new Listeners(onError);
  }

  hear(listener: (news: News) => void): void {
    this.#listeners.add(listener);
  }

  onGap(): void {}

  tell(news: readonly News[]): void {
    for (const one of news) this.#listeners.tell(one);
  }

  silentMs(): number {
    return 0;
  }

  async others(): Promise<number> {
    return 0;
  }

  async within(): Promise<void> {}

  committed(news: readonly News[]): void {
    this.tell(news);
  }

  async close(): Promise<void> {}
}
