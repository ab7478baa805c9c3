import { ConnectionQualityInfo } from "@livekit/protocol";
import type { Log } from "../base/log.ts";
import type { Participant } from "../participant/participant.ts";
import { assess } from "../quality/assess.ts";
import { Observer } from "../quality/observe.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

const beatMs = 250;
const beatsPerQuality = 20;

/** How good one participant's connection is, and who was told of it. */
interface Watch {
  observer: Observer;
  /** 0..100; `null`: not looked at yet. */
  points: number | null;
  told: boolean;
}

/** What is looked at again and again: which encodings arrive, who gets how much, how good the connections are. */
export class Pulse {
  readonly #rooms: Rooms;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  readonly #watched = new Map<Participant, Watch>();
  #beats = 0;
  #busy = false;

  constructor(rooms: Rooms, log: Log) {
    this.#rooms = rooms;
    this.#log = log;
    this.#timer = setInterval(() => this.#beat(), beatMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#look()
      .catch((error: unknown) => this.#log.error({ err: error }, "pulse.failed"))
      .finally(() => {
        this.#busy = false;
      });
  }

  async #look(): Promise<void> {
    const isQualityBeat = ++this.#beats % beatsPerQuality === 0;
    this.#forget();
    for (const room of this.#rooms.list()) {
      const tracks = [...room.participants.values()].flatMap((participant) => [...participant.tracks.values()]);
      await Promise.all(tracks.map((track) => (track.kind === "video" && !track.muted ? track.measure() : undefined)));
      const speaker = room.speakers.loudest;
      for (const participant of room.participants.values()) participant.subscriptions.downlink.share(speaker);
      if (isQualityBeat) await this.#assess(room);
    }
  }

  /** What was known of people who left. */
  #forget(): void {
    for (const participant of this.#watched.keys()) if (participant.gone) this.#watched.delete(participant);
  }

  /** Everybody is told of changes, and who came since the last time of everybody. */
  async #assess(room: Room): Promise<void> {
    const changed: ConnectionQualityInfo[] = [];
    const all: ConnectionQualityInfo[] = [];
    const visible = [...room.participants.values()].filter(({ gone }) => !gone);
    for (const participant of visible) {
      const watch = this.#watched.get(participant) ?? {
        observer: new Observer(participant),
        points: null,
        told: false,
      };
      this.#watched.set(participant, watch);
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
    for (const participant of visible) {
      const watch = this.#watched.get(participant);
      const updates = watch?.told === false ? all : changed;
      if (watch) watch.told = true;
      if (updates.length > 0 && !participant.gone)
        participant.session?.send({ case: "connectionQuality", value: { updates } });
    }
  }
}
