/** One open microphone, as it is heard now. */
export interface Microphone {
  id: string;
  /** Whose. */
  person: string;
  /** Mean power since the last look, 0..1. */
  power: number;
}

export interface LoudestOptions {
  /** Up to so many people with open microphones all are forwarded. */
  all: number;
  /** With more, those of so many. */
  loudest: number;
}

/** A council is never cut; in a hall of open microphones no more are heard at once than anyone could follow. */
export const defaultLoudest: LoudestOptions = { all: 12, loudest: 8 };

/** Quieter than -60 dBov is nobody's word. */
const minPower = 1e-6;
/** Whoever has a place keeps it so long after they were last heard, ms, against all who are not much louder. */
const holdMs = 1500;
/** 6 dB: so much louder than somebody who is heard now must be who takes their place. */
const muchLouder = 4;
/** How fast what was heard fades, per ms: 10 dB in half a second. */
const fading = 10 ** (-1 / 500);

interface Place {
  /** The loudest of late, fading. */
  power: number;
  /** When it was last heard, ms. */
  heardAt: number;
}

/**
 * Which of many open microphones are forwarded, from their loudness over time. The places are always filled: with those
 * who were heard last, when nobody speaks. Who begins to speak gets, at the next look, the place of whoever was silent
 * for longest; when all places are taken by people who speak, that of the quietest, if they are much louder.
 * Places are people's: whoever opens many microphones has one place, and in it the first of them.
 */
export class Loudest {
  readonly #options: LoudestOptions;
  /** By person. */
  readonly #heard = new Map<string, Place>();
  /** People. */
  #forwarded: ReadonlySet<string> = new Set();

  constructor(options = defaultLoudest) {
    this.#options = options;
  }

  /** @param at now, ms. @returns ids of those to forward */
  look(at: number, elapsed: number, microphones: readonly Microphone[]): ReadonlySet<string> {
    const people = Map.groupBy(microphones, ({ person }) => person);
    this.#listen(at, elapsed, people);
    const names = [...people.keys()];
    if (names.length <= this.#options.all) {
      this.#forwarded = new Set(names);
      return new Set(microphones.map(({ id }) => id));
    }
    const placed = names.filter((name) => this.#forwarded.has(name)).sort((a, b) => this.#compare(at, a, b));
    const waiting = names.filter((name) => !this.#forwarded.has(name)).sort((a, b) => this.#compare(at, a, b));
    placed.splice(this.#options.loudest);
    while (placed.length < this.#options.loudest) {
      const next = waiting.shift();
      if (next === undefined) break;
      placed.push(next);
    }
    placed.sort((a, b) => this.#compare(at, a, b));
    for (const name of waiting) {
      const last = placed.at(-1);
      if (last === undefined || !this.#displaces(at, name, last)) break;
      placed.pop();
      placed.unshift(name);
    }
    this.#forwarded = new Set(placed);
    return new Set(placed.flatMap((name) => people.get(name)?.[0]?.id ?? []));
  }

  #listen(at: number, elapsed: number, people: ReadonlyMap<string, readonly Microphone[]>): void {
    for (const name of this.#heard.keys()) if (!people.has(name)) this.#heard.delete(name);
    for (const [name, microphones] of people) {
      const power = Math.max(...microphones.map((microphone) => microphone.power));
      const before = this.#place(name);
      this.#heard.set(name, {
        power: Math.max(power, before.power * fading ** elapsed),
        heardAt: power >= minPower ? at : before.heardAt,
      });
    }
  }

  /** Those who speak come first, the loudest of them before; then those who were heard last. */
  #compare(at: number, a: string, b: string): number {
    const [first, second] = [this.#place(a), this.#place(b)];
    const speaks = (place: Place) => at - place.heardAt <= holdMs;
    if (speaks(first) !== speaks(second)) return speaks(first) ? -1 : 1;
    if (speaks(first)) return second.power - first.power;
    return first.heardAt === second.heardAt ? 0 : second.heardAt - first.heardAt;
  }

  #displaces(at: number, newcomer: string, holder: string): boolean {
    const [next, last] = [this.#place(newcomer), this.#place(holder)];
    if (next.heardAt !== at) return false;
    return at - last.heardAt > holdMs || next.power > last.power * muchLouder;
  }

  #place(name: string): Place {
    return this.#heard.get(name) ?? { power: 0, heardAt: Number.NEGATIVE_INFINITY };
  }
}
