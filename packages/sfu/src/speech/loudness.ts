import type { Sound } from "../engine/medooze.ts";

/** Over so many ms a level is taken, as LiveKit does. */
const windowMs = 400;
/** Whoever is loud for a smaller share of that does not speak. */
const minShare = 0.4;
/** Weight of the newest window: an average over some two. */
const smoothing = 2 / 3;
/** -35 dBov as an amplitude. */
const activeLevel = 10 ** (-35 / 20);

/** How loud one track is, by what is read of its sums again and again. Pure: time is told. */
export class Loudness {
  #last: Sound & { at: number };
  #window: Sound & { at: number };
  #smoothed = 0;
  #power = 0;

  constructor(at: number, sound: Sound) {
    this.#last = { at, ...sound };
    this.#window = { at, ...sound };
  }

  /** Takes in the sums as they are at the time `at`, ms. */
  hear(at: number, sound: Sound): void {
    const elapsed = at - this.#last.at;
    if (elapsed > 0) this.#power = Math.max(0, sound.soundPower - this.#last.soundPower) / elapsed;
    this.#last = { at, ...sound };
    const long = at - this.#window.at;
    if (long < windowMs) return;
    const loud = Math.min(sound.loudTime - this.#window.loudTime, long);
    const power = sound.soundPower - this.#window.soundPower;
    const share = loud / long;
    const level = loud > 0 ? Math.min(1, Math.sqrt(power / loud)) * share : 0;
    this.#smoothed = share >= minShare ? this.#smoothed + (level - this.#smoothed) * smoothing : 0;
    this.#window = { at, ...sound };
  }

  /** 0..1, of full scale; 0: does not speak. */
  get level(): number {
    return this.#smoothed >= activeLevel ? this.#smoothed : 0;
  }

  /** Mean power since the last time it was heard, however quiet. */
  get power(): number {
    return this.#power;
  }
}
