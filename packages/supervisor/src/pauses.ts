/** Before the first, second, third restart ... of a child that keeps dying, ms. */
const PAUSES = [0, 250, 1000, 3000, 10_000, 30_000];
/** A child that ran this long was well: the next death is again the first, ms. Starting one costs a second of one core at most. */
const RAN_WELL = 10_000;

/** How long to wait before starting a child again: not at all the first time, then longer and longer. */
export class Pauses {
  #deaths = 0;

  /** @param ranFor how long it ran before it died, ms. @returns ms to wait */
  next(ranFor: number): number {
    if (ranFor >= RAN_WELL) this.#deaths = 0;
    const pause = PAUSES[Math.min(this.#deaths, PAUSES.length - 1)]!;
    this.#deaths += 1;
    return pause;
  }
}
