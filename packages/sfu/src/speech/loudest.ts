/** One open microphone, as it is heard now. */
export interface Microphone {
  id: string;
  /** Mean power since the last look, 0..1. */
  power: number;
}

export interface LoudestOptions {
  /** Up to so many open microphones all are forwarded. */
  all: number;
  /** With more, so many. */
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
 */
export class Loudest {
  readonly #options: LoudestOptions;
  readonly #heard = new Map<string, Place>();
  #forwarded: ReadonlySet<string> = new Set();

  constructor(options = defaultLoudest) {
    this.#options = options;
  }

  /** @param at now, ms. @returns ids of those to forward */
  look(at: number, elapsed: number, microphones: readonly Microphone[]): ReadonlySet<string> {
    this.#listen(at, elapsed, microphones);
    if (microphones.length <= this.#options.all) {
      this.#forwarded = new Set(microphones.map(({ id }) => id));
      return this.#forwarded;
    }
    const ids = microphones.map(({ id }) => id);
    const placed = ids.filter((id) => this.#forwarded.has(id)).sort((a, b) => this.#compare(at, a, b));
    const waiting = ids.filter((id) => !this.#forwarded.has(id)).sort((a, b) => this.#compare(at, a, b));
    placed.splice(this.#options.loudest);
    while (placed.length < this.#options.loudest) {
      const next = waiting.shift();
      if (next === undefined) break;
      placed.push(next);
    }
    placed.sort((a, b) => this.#compare(at, a, b));
    for (const id of waiting) {
      const last = placed.at(-1);
      if (last === undefined || !this.#displaces(at, id, last)) break;
      placed.pop();
      placed.unshift(id);
    }
    this.#forwarded = new Set(placed);
    return this.#forwarded;
  }

  #listen(at: number, elapsed: number, microphones: readonly Microphone[]): void {
    const open = new Set(microphones.map(({ id }) => id));
    for (const id of this.#heard.keys()) if (!open.has(id)) this.#heard.delete(id);
    for (const { id, power } of microphones) {
      const before = this.#heard.get(id) ?? { power: 0, heardAt: Number.NEGATIVE_INFINITY };
      this.#heard.set(id, {
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

  #place(id: string): Place {
    return this.#heard.get(id) ?? { power: 0, heardAt: Number.NEGATIVE_INFINITY };
  }
}
