/** So many at once, and then so many a second. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** A bucket that fills by itself. What takes more than is in it is refused and takes nothing. */
export class Bucket {
  readonly #rate: Rate;
  readonly #now: () => number;
  #left: number;
  #at: number;

  /** `now` in ms. */
  constructor(rate: Rate, now: () => number = Date.now) {
    this.#rate = rate;
    this.#now = now;
    this.#left = rate.burst;
    this.#at = now();
  }

  take(amount = 1): boolean {
    this.#fill();
    if (amount > this.#left) return false;
    this.#left -= amount;
    return true;
  }

  /** What is in it; below zero: more was spent. */
  get left(): number {
    this.#fill();
    return this.#left;
  }

  /** Takes what was used already, whatever is in it. */
  spend(amount: number): void {
    this.#fill();
    this.#left -= amount;
  }

  /** Until there is something in it. */
  get msUntilSome(): number {
    const { left } = this;
    return left > 0 ? 0 : Math.floor((-left / this.#rate.perSecond) * 1000) + 1;
  }

  /** Whether it is as it was made: nothing need be remembered of it. */
  get isFull(): boolean {
    this.#fill();
    return this.#left >= this.#rate.burst;
  }

  #fill(): void {
    const now = this.#now();
    // A clock that was set back fills nothing.
    const passed = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    this.#left = Math.min(this.#rate.burst, this.#left + passed * this.#rate.perSecond);
  }
}

/**
 * What one participant may ask for, each kind by what it costs the others. Far above what clients do of themselves: a
 * page that lays out a hundred pictures anew sends a setting for each.
 */
const rates = {
  /** Messages of all kinds. */
  any: { burst: 3000, perSecond: 200 },
  /** Their bytes beside SDPs: small things in great number take half a second for a mebibyte, while nobody else is heard. */
  weight: { burst: 1024 * 1024, perSecond: 128 * 1024 },
  /** Offers and answers: each is read, and may tell everybody of a track. */
  description: { burst: 100, perSecond: 10 },
  /** Their bytes. */
  descriptionBytes: { burst: 8 * 1024 * 1024, perSecond: 512 * 1024 },
  addTrack: { burst: 64, perSecond: 5 },
  /** What everybody is told of. */
  change: { burst: 40, perSecond: 4 },
  /** Tracks asked for, or not any more. */
  subscription: { burst: 10_000, perSecond: 200 },
  /** Tracks whose size or quality is asked for. */
  setting: { burst: 10_000, perSecond: 500 },
  /** Looks at each of one's tracks for everybody. */
  permission: { burst: 30, perSecond: 3 },
  /** Whether one's picture of the room is right, at each return. */
  sync: { burst: 10, perSecond: 0.5 },
} satisfies Record<string, Rate>;

/**
 * Of the processor for reading and answering one person's descriptions, ms: a tenth of the thread that hears everybody.
 * One of a hundred pictures takes some 10 ms, and one that somebody thought about a few tenths of a second.
 */
const descriptionRate = { burst: 500, perSecond: 100 };

export class Limits {
  readonly descriptionTime = new Bucket(descriptionRate);
  readonly #buckets = Object.fromEntries(Object.entries(rates).map(([name, rate]) => [name, new Bucket(rate)]));

  get areFull(): boolean {
    return this.descriptionTime.isFull && Object.values(this.#buckets).every((bucket) => bucket.isFull);
  }

  /** Whether this is still within its rate. */
  allow(what: keyof typeof rates, amount = 1): boolean {
    return this.#buckets[what]?.take(amount) ?? false;
  }
}
