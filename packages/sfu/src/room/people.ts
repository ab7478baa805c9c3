import type { ParticipantInfo } from "@livekit/protocol";
import type { Participant } from "../participant/participant.ts";
import type { Outgoing } from "../session/session.ts";

/** Those who are in one room, and what they are told. */
export class People {
  readonly #byIdentity = new Map<string, Participant>();

  /** As they are at each moment. */
  get byIdentity(): ReadonlyMap<string, Participant> {
    return this.#byIdentity;
  }

  enter(participant: Participant): void {
    this.#byIdentity.set(participant.identity, participant);
  }

  leave(participant: Participant): void {
    this.#byIdentity.delete(participant.identity);
  }

  /** Those whom others see. */
  get visible(): Participant[] {
    return [...this.#byIdentity.values()].filter(({ rights }) => !rights.hidden);
  }

  /** Those for whom the room is there; recorders are not, as with LiveKit. */
  get inhabitants(): Participant[] {
    return [...this.#byIdentity.values()].filter(({ rights }) => !rights.recorder);
  }

  /** Those that `participant` sees. */
  othersOf(participant: Participant): ParticipantInfo[] {
    return this.visible.filter((other) => other !== participant).map((other) => other.info());
  }

  /** To everybody who is here, hidden or not. */
  send(message: Outgoing): void {
    for (const { session } of this.#byIdentity.values()) session?.send(message);
  }

  /** Shows somebody to all others as they are now, or were last; whoever is hidden is shown to nobody. */
  show(participant: Participant, info?: ParticipantInfo): void {
    if (participant.rights.hidden) return;
    const participants = [info ?? participant.info()];
    for (const other of this.#byIdentity.values())
      if (other !== participant) other.session?.send({ case: "update", value: { participants } });
  }
}
