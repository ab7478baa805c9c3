import type { ParticipantInfo } from "@livekit/protocol";

/**
 * Who left lately, for those whose socket was away when it was told: nothing else tells them, and they would go on
 * showing somebody who is gone.
 */
export class Departed {
  readonly #keptMs: number;
  readonly #now: () => number;
  #left: { info: ParticipantInfo; at: number }[] = [];

  constructor(keptMs: number, now: () => number = Date.now) {
    this.#keptMs = keptMs;
    this.#now = now;
  }

  note(info: ParticipantInfo): void {
    this.#prune();
    this.#left.push({ info, at: this.#now() });
  }

  /** In the order in which they left. */
  list(): ParticipantInfo[] {
    this.#prune();
    return this.#left.map(({ info }) => info);
  }

  #prune(): void {
    const oldest = this.#now() - this.#keptMs;
    this.#left = this.#left.filter(({ at }) => at >= oldest);
  }
}
