export const SAMPLE_RATE = 48_000;
/** Samples of 10 ms, the packet that LiveKit's source wants. */
export const CHUNK = SAMPLE_RATE / 100;

/** How long each person speaks before the next one does. */
const TURN_MS = 6_000;

/** A person's sound: syllables at a pitch of their own, when it is their turn, otherwise silence. */
export class Voice {
  readonly #pitch: number;
  readonly #turn: number;
  readonly #turns: number;

  /** `pitch`: Hz. Speaks in turn `turn` of `turns`. */
  constructor(pitch: number, turn: number, turns: number) {
    this.#pitch = pitch;
    this.#turn = turn;
    this.#turns = Math.max(turns, 1);
  }

  speaks(now: number): boolean {
    return Math.floor(now / TURN_MS) % this.#turns === this.#turn % this.#turns;
  }

  /** The 10 ms from `now`, ms: 16-bit mono. */
  chunk(now: number): Int16Array {
    const samples = new Int16Array(CHUNK);
    if (!this.speaks(now)) return samples;
    for (let index = 0; index < CHUNK; index++) {
      const second = now / 1000 + index / SAMPLE_RATE;
      const syllable = Math.max(0, Math.sin(2 * Math.PI * 2.2 * second));
      const phrase = 0.6 + 0.4 * Math.sin(2 * Math.PI * 0.37 * second);
      const tone = Math.sin(2 * Math.PI * this.#pitch * second) + 0.3 * Math.sin(4 * Math.PI * this.#pitch * second);
      samples[index] = Math.round(6000 * syllable * phrase * tone);
    }
    return samples;
  }
}
