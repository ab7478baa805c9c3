import { setTimeout as wait } from "node:timers/promises";
import type { PostgresAt } from "@raadhuis/protocol/settings";
import { sql, type Transaction } from "kysely";
import type { Tables } from "../tables.ts";
import { Listeners, type StoreFeed } from "./feed.ts";
import { CHANNEL, type Listening, listen } from "./listening.ts";
import { News, type NewsOf } from "./news.ts";

const BEAT_MS = 500;
const RECONNECT_MS = [50, 100, 200, 500, 1_000];
/** What this server says and the database has not taken yet. With more the connection is given up: back, all is said anew. */
const MOST_WAITING = 5_000;

interface SharedFeedOptions {
  /** The database itself, never a pooler before it: what is notified would be lost there. */
  at: PostgresAt;
  /** What this server tells of itself with each beat. */
  self: Omit<NewsOf<"beat">, "kind" | "number">;
  onError(error: unknown): void;
}

/**
 * What is notified in a transaction PostgreSQL tells everybody who listens after its commit, in the order of commits. So
 * whoever hears its own beat has heard all that was committed before that, and whoever hears none may have missed something.
 */
export class SharedFeed implements StoreFeed {
  readonly shared = true;
  readonly #options: SharedFeedOptions;
  readonly #listeners: Listeners<[News]>;
  readonly #gaps: Listeners<[]>;
  readonly #closed = new AbortController();
  /** Of beats that were not heard yet, by their numbers. */
  readonly #sentAt = new Map<number, number>();
  #listening: Listening | undefined;
  #heardAt = Number.NEGATIVE_INFINITY;
  #number = 0;
  #waiting: News[] = [];
  #saying = false;
  #timer: NodeJS.Timeout | undefined;
  #done: Promise<void> = Promise.resolve();

  constructor(options: SharedFeedOptions) {
    this.#options = options;
    this.#listeners = new Listeners(options.onError);
    this.#gaps = new Listeners(options.onError);
  }

  /** Begins to listen. Throws when the database does not answer; one that goes away later is looked for until it is back. */
  async open(): Promise<void> {
    const listening = await this.#listen();
    this.#done = this.#stay(listening);
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
    this.#beat();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    clearInterval(this.#timer);
    await this.#listening?.end();
    await this.#done;
  }

  hear(listener: (news: News) => void): void {
    this.#listeners.add(listener);
  }

  onGap(listener: () => void): void {
    this.#gaps.add(listener);
  }

  tell(news: readonly News[]): void {
    if (!this.#listening) return;
    this.#waiting.push(...news);
    if (this.#waiting.length > MOST_WAITING) void this.#listening.end();
    else void this.#say(this.#listening);
  }

  silentMs(): number {
    return performance.now() - this.#heardAt;
  }

  async others(): Promise<number> {
    return (await this.#listening?.others()) ?? 0;
  }

  async within(trx: Transaction<Tables>, news: readonly News[]): Promise<void> {
    for (const one of news) await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(one)})`.execute(trx);
  }

  /** It comes back to us as it comes to the others. */
  committed(): void {}

  async #listen(): Promise<Listening> {
    this.#listening = await listen(this.#options.at, (text) => this.#take(text));
    return this.#listening;
  }

  async #stay(first: Listening): Promise<void> {
    for (let listening: Listening | undefined = first; listening; listening = await this.#listenAgain()) {
      await listening.lost;
      this.#listening = undefined;
      this.#waiting = [];
      this.#sentAt.clear();
      if (!this.#closed.signal.aborted)
        this.#options.onError(new Error("The connection on which changes are heard was lost."));
    }
  }

  async #listenAgain(): Promise<Listening | undefined> {
    const { signal } = this.#closed;
    for (let tries = 0; ; tries++) {
      const pause = RECONNECT_MS[Math.min(tries, RECONNECT_MS.length - 1)];
      await wait(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return undefined;
      try {
        const listening = await this.#listen();
        this.#beat();
        this.#gaps.tell();
        return listening;
      } catch {
        // It is not back yet.
      }
    }
  }

  #beat(): void {
    const number = ++this.#number;
    if (this.#listening) this.#sentAt.set(number, performance.now());
    this.tell([{ kind: "beat", number, ...this.#options.self }]);
  }

  /** All that waits, in one go; what comes meanwhile goes together after it. */
  async #say(listening: Listening): Promise<void> {
    if (this.#saying) return;
    this.#saying = true;
    try {
      while (this.#waiting.length > 0 && this.#listening === listening)
        await listening.say(this.#waiting.splice(0).map((news) => JSON.stringify(news)));
    } catch {
      // It has ended the connection; when another one is there all is said anew.
    } finally {
      this.#saying = false;
    }
  }

  #take(text: string): void {
    const news = News.safeParse(parsed(text));
    if (!news.success) {
      this.#options.onError(new Error("Something that is no news was notified."));
      return;
    }
    if (news.data.kind === "beat" && news.data.server === this.#options.self.server) this.#hearOwn(news.data.number);
    this.#listeners.tell(news.data);
  }

  #hearOwn(number: number): void {
    this.#heardAt = this.#sentAt.get(number) ?? this.#heardAt;
    for (const sent of this.#sentAt.keys()) if (sent <= number) this.#sentAt.delete(sent);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
