import { ConnectionQualityInfo } from "@livekit/protocol";
import type { Participant } from "../participant/participant.ts";
import { assess } from "../quality/assess.ts";
import { Observer } from "../quality/observe.ts";
import type { Room } from "./room.ts";

/** How good one participant's connection is, and who was told of it. */
interface Watch {
  observer: Observer;
  /** 0..100; `null`: not looked at yet. */
  points: number | null;
  told: boolean;
}

/** How good everybody's connection is, looked at again and again, and told to those in the same room. */
export class Connections {
  readonly #watched = new Map<Participant, Watch>();

  /** What was known of people who left. */
  forget(): void {
    for (const participant of this.#watched.keys()) if (participant.gone) this.#watched.delete(participant);
  }

  /** Everybody is told of changes, and who came since the last time of everybody. */
  async assess(room: Room): Promise<void> {
    const changed: ConnectionQualityInfo[] = [];
    const all: ConnectionQualityInfo[] = [];
    const present = [...room.participants.values()];
    for (const participant of present) {
      // Some leave while others are looked at.
      if (participant.gone) continue;
      const watch = this.#watchOf(participant);
      const { points, ...verdict } = assess(await watch.observer.look(), watch.points);
      watch.points = points;
      const before = participant.connection;
      participant.connection = verdict;
      if (participant.rights.hidden) continue;
      const { quality, score } = verdict;
      const info = new ConnectionQualityInfo({ participantSid: participant.sid, quality, score });
      all.push(info);
      if (before?.quality !== quality) changed.push(info);
    }
    for (const participant of present) {
      if (participant.gone) continue;
      const watch = this.#watchOf(participant);
      const updates = watch.told ? changed : all;
      watch.told = true;
      if (updates.length > 0) participant.session?.send({ case: "connectionQuality", value: { updates } });
    }
  }

  #watchOf(participant: Participant): Watch {
    const known = this.#watched.get(participant) ?? { observer: new Observer(participant), points: null, told: false };
    this.#watched.set(participant, known);
    return known;
  }
}
