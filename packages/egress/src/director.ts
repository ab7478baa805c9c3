import { ActiveSpeaker } from "./speaker.ts";

interface Shot {
  at: number;
  who: string | null;
}

/**
 * Decides as things arrive whom the programme will show when it comes to that time, a hold-back later; so only the
 * cameras that will be shown have to be decoded into queues.
 */
export class Director {
  readonly #speaker = new ActiveSpeaker();
  #shots: Shot[] = [];

  heard(who: string, level: number, at: number): void {
    this.#speaker.hear(who, level, at);
  }

  left(who: string): void {
    this.#speaker.leave(who);
  }

  /**
   * Looks who is to be shown from now on.
   * @param next time of the next frame that is to be made, ms: what no frame from there on needs is forgotten
   * @param present with their cameras on, in order of arrival: the first stands in until somebody speaks
   */
  look(now: number, next: number, focus: string | null, present: readonly string[]): void {
    const who = focus ?? this.#speaker.at(now) ?? this.#shots.at(-1)?.who ?? present[0] ?? null;
    const last = this.#shots.at(-1);
    const gone = who !== null && focus === null && !present.includes(who) && this.#speaker.at(now) !== who;
    const shown = gone ? (present[0] ?? null) : who;
    if (!last || last.who !== shown) this.#shots.push({ at: now, who: shown });
    const current = this.#shots.findLastIndex((shot) => shot.at <= next);
    if (current > 0) this.#shots.splice(0, current);
  }

  /** Who was to be shown at `at`. */
  at(at: number): string | null {
    return (this.#shots.findLast((shot) => shot.at <= at) ?? this.#shots[0])?.who ?? null;
  }

  /** Whose camera is or will be needed. */
  get wanted(): Set<string> {
    return new Set(this.#shots.flatMap((shot) => (shot.who === null ? [] : [shot.who])));
  }
}
