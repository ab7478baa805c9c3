import { Serial } from "@raadhuis/process";
import { isFailure, type TrailKind, type TrailResult } from "@raadhuis/protocol/http";
import { Sparing } from "../http/sparing.ts";
import type { Subject } from "../http/subject.ts";
import type { Log } from "../log.ts";
import { newId } from "../random.ts";
import type { Lane, TrailRow, TrailStore } from "../store/trail.ts";

export interface Happening extends Subject {
  kind: TrailKind;
  result: TrailResult;
  /** As `networkOf` names it; none for what the house did by itself. */
  network?: string | undefined;
}

interface TrailOptions {
  store: TrailStore;
  log: Log;
  now?: () => number;
}

const HOUR_MS = 3600_000;
/** What is noted waits this long, so that many become one write. */
const WRITE_MS = 1_000;
const BATCH = 200;
const KEPT_MS = 90 * 24 * HOUR_MS;

/** New rows of each lane in an hour. What is beyond is counted in rows that name neither network nor seat. */
const newRows = { office: 500, seat: 2_000, stranger: 200 } satisfies Record<Lane, number>;

/** Rows in memory while the store takes none; the oldest go. */
const MOST_OPEN = 10_000;

const newHour = (began: number) => ({
  began,
  made: { office: 0, seat: 0, stranger: 0 } satisfies Record<Lane, number>,
});

type OpenRow = TrailRow & { written: boolean };

/**
 * Who came in and who tried, for the office and the log. What happens again from the same network to the same account
 * within an hour is one row with a count. Noting returns at once; rows are written a second later, many in one
 * transaction. Whoever fails a million times from as many networks makes some hundred rows an hour, in a lane of their
 * own (store/trail.ts), and a line in the log each second.
 */
export class Trail {
  readonly #store: TrailStore;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #failures: Sparing;
  readonly #open = new Map<string, OpenRow>();
  #hour = newHour(0);
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #writing = new Serial();

  constructor({ store, log, now = Date.now }: TrailOptions) {
    this.#store = store;
    this.#log = log;
    this.#now = now;
    this.#failures = new Sparing(now);
  }

  note(happening: Happening): void {
    this.#say(happening);
    if (this.#closed) return;
    const row = this.#rowOf(happening);
    row.count++;
    row.last = this.#now();
    row.written = false;
    this.#timer ??= setTimeout(() => {
      this.flush().catch((error) => this.#log.error({ err: error }, "the trail could not be written"));
    }, WRITE_MS).unref();
  }

  /** Resolves when all that was noted is in the store. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#writing.run(() => this.#write());
  }

  /** Writes what there is; what is noted while the last answers are given is in the log alone. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
  }

  /** This clerk has looked: what happens from now on is counted anew. */
  async look(clerk: string): Promise<void> {
    const now = this.#now();
    // Under their ids: still to be written, and counted on no more.
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const row of open) this.#open.set(row.id, row);
    this.#hour = newHour(now);
    await this.flush();
    await this.#store.look(clerk, now);
  }

  async keepHouse(): Promise<void> {
    await this.#store.forget(this.#now() - KEPT_MS);
  }

  #say({ kind, result, ...rest }: Happening): void {
    const line = { access: kind, result, ...rest };
    if (isFailure(result)) this.#failures.say((more) => this.#log.warn({ ...line, ...more }, "access"));
    else this.#log.info(line, "access");
  }

  #rowOf({ kind, result, network, clerk, meeting, seat }: Happening): OpenRow {
    const now = this.#now();
    const lane = laneOf(kind, result);
    const who = { network: network ?? null, clerk: clerk ?? null, meeting: meeting ?? null, seat: seat ?? null };
    const known = this.#current([kind, result, ...Object.values(who)], now);
    if (known) return known;
    if (now - this.#hour.began >= HOUR_MS) this.#hour = newHour(now);
    const anybody = { ...who, network: null, meeting: null, seat: null };
    const told = this.#hour.made[lane]++ < newRows[lane] ? who : anybody;
    const key = [kind, result, ...Object.values(told)];
    const counted = this.#current(key, now);
    if (counted) return counted;
    const row = { id: newId(), lane, kind, result, ...told, count: 0, first: now, last: now, written: false };
    this.#open.set(key.join(" "), row);
    if (this.#open.size > MOST_OPEN) for (const [oldest] of [...this.#open].slice(0, BATCH)) this.#open.delete(oldest);
    return row;
  }

  #current(key: readonly (string | null)[], now: number): OpenRow | undefined {
    const row = this.#open.get(key.join(" "));
    return row && now - row.first < HOUR_MS ? row : undefined;
  }

  async #write(): Promise<void> {
    const rows = [...this.#open.values()].filter(({ written }) => !written);
    for (let n = 0; n < rows.length; n += BATCH) {
      const batch = rows.slice(n, n + BATCH);
      for (const row of batch) row.written = true;
      try {
        await this.#store.write(batch.map(({ written, ...row }) => row));
      } catch (error) {
        for (const row of batch) row.written = false;
        throw error;
      }
    }
    const now = this.#now();
    for (const [key, row] of this.#open) if (row.written && now - row.first >= HOUR_MS) this.#open.delete(key);
  }
}

/** What failed is a stranger's, whatever account they named. */
function laneOf(kind: TrailKind, result: TrailResult): Lane {
  if (isFailure(result)) return "stranger";
  return kind === "seat.redeem" || kind === "seat.session-ended" ? "seat" : "office";
}
