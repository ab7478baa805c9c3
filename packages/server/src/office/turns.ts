import { randomInt } from "node:crypto";
import { houseError } from "../errors.ts";

export interface Place {
  /** Ahead of all who are not: a browser that signed in before, or a link that was right. */
  known: boolean;
  /** The lower, the sooner; in order of coming among equals. */
  rank: number;
  /** Those of one group have one place between them while all are taken. */
  group?: string;
  /** Whoever waits here has gone: their place is given to others. */
  gone: AbortSignal;
}

interface Waiting extends Place {
  begin(): Promise<void>;
  refuse(): void;
}

interface TurnsOptions {
  /** Places to wait in, for those who are known and for all others. */
  most?: { known: number; strangers: number };
  longestMs?: number;
  /** How long to leave the machine alone before the next work of a stranger. */
  restMs?: () => number;
  /** Which of so many equals is put out when there is a place too few. */
  draw?: (equals: number) => number;
}

/** Of how long a turn takes, before any was measured. */
const FIRST_GUESS_MS = 500;

/**
 * One work at a time, for work that takes much of the machine; places to wait are bounded, and so is the wait. When all
 * are taken, whoever waits beside others of their group is told to come again, else whoever has the highest rank: so
 * nobody can take all places by coming often, if their rank rises with each time. Among equals it is the lot, not who
 * came last: places once taken keep nobody out for good.
 */
export class Turns {
  readonly #most: { known: number; strangers: number };
  readonly #longestMs: number;
  readonly #restMs: () => number;
  readonly #draw: (equals: number) => number;
  readonly #waiting: Waiting[] = [];
  #busy = false;
  #resting: NodeJS.Timeout | undefined;
  #turnMs = FIRST_GUESS_MS;

  constructor({
    most = { known: 32, strangers: 16 },
    longestMs = 20_000,
    restMs = () => 0,
    draw = (equals) => randomInt(equals),
  }: TurnsOptions = {}) {
    this.#most = most;
    this.#longestMs = longestMs;
    this.#restMs = restMs;
    this.#draw = draw;
  }

  /** Does the work when it is its turn. Throws `office.busy` when it was not begun: there was no place, or it waited too long. */
  take<T>(place: Place, work: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const leave = () => {
      clearTimeout(end);
      place.gone.removeEventListener("abort", refuse);
      const index = this.#waiting.indexOf(waiting);
      if (index >= 0) this.#waiting.splice(index, 1);
    };
    const refuse = () => {
      // Those who wait now have their turn before it is worth coming again.
      const ahead = this.#waiting.filter(({ known }) => known || !place.known).length;
      leave();
      reject(houseError("office.busy", { retryAfterMs: Math.max(1, ahead) * (this.#turnMs + this.#restMs()) }));
    };
    const begin = async () => {
      leave();
      await work().then(resolve, reject);
    };
    const waiting: Waiting = { ...place, begin, refuse };
    const end = setTimeout(refuse, this.#longestMs);
    end.unref();
    if (place.gone.aborted) {
      refuse();
      return promise;
    }
    place.gone.addEventListener("abort", refuse, { once: true });
    this.#queue(waiting);
    this.#next();
    return promise;
  }

  #queue(waiting: Waiting): void {
    const after = this.#waiting.findIndex((other) => comesBefore(waiting, other));
    this.#waiting.splice(after < 0 ? this.#waiting.length : after, 0, waiting);
    const alike = this.#waiting.filter(({ known }) => known === waiting.known);
    const most = waiting.known ? this.#most.known : this.#most.strangers;
    // Whoever is in turn at once takes no place.
    const places = most + (this.#busy || this.#resting ? 0 : 1);
    if (alike.length > places) this.#putOut(alike);
  }

  /** `alike`: in order of their turns. */
  #putOut(alike: readonly Waiting[]): void {
    const notFirst = alike.filter(
      ({ group }, index) => group !== undefined && alike.findIndex((other) => other.group === group) < index,
    );
    const among = notFirst.length > 0 ? notFirst : alike;
    const last = among.filter(({ rank }) => rank === among.at(-1)?.rank);
    last[this.#draw(last.length)]?.refuse();
  }

  #next(): void {
    const [first] = this.#waiting;
    if (this.#busy || !first || (this.#resting && !first.known)) return;
    this.#busy = true;
    const began = performance.now();
    first.begin().finally(() => {
      this.#busy = false;
      this.#turnMs += (performance.now() - began - this.#turnMs) / 4;
      this.#rest();
      this.#next();
    });
  }

  #rest(): void {
    const ms = this.#restMs();
    if (this.#resting || ms === 0) return;
    this.#resting = setTimeout(() => {
      this.#resting = undefined;
      this.#next();
    }, ms);
    this.#resting.unref();
  }
}

const comesBefore = (one: Place, other: Place): boolean =>
  one.known === other.known ? one.rank < other.rank : one.known;
