import type { Participant } from "../participant/participant.ts";

/** A time that is given to somebody who lacks something. When it is over, so is their stay. */
export class Grace {
  readonly #ms: number;
  readonly #over: (participant: Participant) => void;
  readonly #given = new Map<Participant, NodeJS.Timeout>();

  constructor(ms: number, over: (participant: Participant) => void) {
    this.#ms = ms;
    this.#over = over;
  }

  has(participant: Participant): boolean {
    return this.#given.has(participant);
  }

  begin(participant: Participant): void {
    this.#given.set(participant, setTimeout(() => this.#over(participant), this.#ms).unref());
  }

  /** They have it, or are gone. */
  end(participant: Participant): void {
    clearTimeout(this.#given.get(participant));
    this.#given.delete(participant);
  }
}
