/** A screen that brings no picture for so long is passed over while another one is shared, ms, and tried again after the other. */
const PATIENCE_MS = 5000;
const AGAIN_MS = 30_000;

interface Shot {
  at: number;
  who: string | null;
}

/**
 * Decides as they come and go which shared screen the programme will show when it comes to that time, a hold-back later;
 * so only that one has to be subscribed to. Of several it is the first one's, in order of arrival.
 */
export class ScreenDirector {
  #shots: Shot[] = [];
  /** Whose screen was last seen. */
  #shown: string | null = null;
  /** Whose turn it is without a picture, and since when, ms: nobody keeps others off by sharing nothing. */
  readonly #awaited = new Map<string, number>();

  /**
   * Looks whose is to be shown from now on.
   * @param next time of the next frame that is to be made, ms
   * @param shared whose screens are on, in order of arrival
   * @param showsAt whether somebody's screen has a picture at a time
   */
  look(now: number, next: number, shared: readonly string[], showsAt: (who: string, at: number) => boolean): void {
    for (const who of this.#awaited.keys())
      if (!shared.includes(who) || showsAt(who, Number.POSITIVE_INFINITY)) this.#awaited.delete(who);
    const who =
      shared.find((one) => (now - (this.#awaited.get(one) ?? now)) % AGAIN_MS < PATIENCE_MS) ?? shared[0] ?? null;
    if (who !== null && !this.#awaited.has(who) && !showsAt(who, Number.POSITIVE_INFINITY)) this.#awaited.set(who, now);
    if (this.#shots.at(-1)?.who !== who) this.#shots.push({ at: now, who });
    const current = this.#shots.findLastIndex((shot) => shot.at <= next);
    if (current > 0) this.#shots.splice(0, current);
    const due = this.#shots[0]?.who ?? null;
    if (due === null || showsAt(due, next)) this.#shown = due;
  }

  /** Whose screen is or will be needed: what stands stays until the first picture of the one whose turn it is. */
  get wanted(): Set<string> {
    const people = [this.#shown, ...this.#shots.map(({ who }) => who)];
    return new Set(people.filter((who) => who !== null));
  }
}
