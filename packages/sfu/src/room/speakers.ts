import { SpeakerInfo } from "@livekit/protocol";
import type { Participant } from "../participant/participant.ts";
import type { Reception } from "./reception.ts";

/** Who speaks now in one room, and who was told of it. */
export class Speakers {
  readonly #participants: ReadonlyMap<string, Participant>;
  readonly #reception: Reception;
  readonly #speaking = new Map<string, SpeakerInfo>();

  /** @param participants by identity; as they are at each moment */
  constructor(participants: ReadonlyMap<string, Participant>, reception: Reception) {
    this.#participants = participants;
    this.#reception = reception;
  }

  /** Sid of whoever is loudest now. */
  get loudest(): string | undefined {
    return [...this.#speaking.values()].sort((a, b) => b.level - a.level)[0]?.sid;
  }

  /**
   * Tells everybody whose level has changed, those who fell silent too; and `newcomers` of all who speak. To each only
   * of those whom they may hear.
   * @param levels of all who speak, 0..1, by sid
   */
  tell(levels: ReadonlyMap<string, number>, newcomers: ReadonlySet<Participant>): void {
    const silent = this.#silent(levels);
    const changed = this.#changed(levels);
    for (const { sid } of silent) this.#speaking.delete(sid);
    for (const speaker of changed) this.#speaking.set(speaker.sid, speaker);
    const changes = [...changed, ...silent];
    const all = [...this.#speaking.values(), ...silent];
    const people = new Map([...this.#participants.values()].map((participant) => [participant.sid, participant]));
    for (const participant of this.#participants.values()) {
      const news = newcomers.has(participant) ? all : changes;
      const speakers = news.filter(({ sid }) => this.#reception.mayHear(participant, people.get(sid)));
      if (speakers.length > 0) participant.session?.send({ case: "speakersChanged", value: { speakers } });
    }
  }

  /** Whoever has left speaks no more, and nobody needs to be told. */
  left(sid: string): void {
    this.#speaking.delete(sid);
  }

  #silent(levels: ReadonlyMap<string, number>): SpeakerInfo[] {
    const ended = [...this.#speaking.keys()].filter((sid) => !levels.has(sid));
    return ended.map((sid) => new SpeakerInfo({ sid, active: false, level: 0 }));
  }

  /** Loudest first. */
  #changed(levels: ReadonlyMap<string, number>): SpeakerInfo[] {
    return [...levels]
      .filter(([sid, level]) => this.#speaking.get(sid)?.level !== level)
      .map(([sid, level]) => new SpeakerInfo({ sid, active: true, level }))
      .sort((a, b) => b.level - a.level);
  }
}
