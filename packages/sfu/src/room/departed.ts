import { ParticipantInfo } from "@livekit/protocol";

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

  /** Not of what they said of themselves: somebody who comes and goes all the time could fill a message for all with it. */
  note({ sid, identity, state, version, kind, disconnectReason }: ParticipantInfo): void {
    this.#prune();
    const info = new ParticipantInfo({ sid, identity, state, version, kind, disconnectReason });
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
