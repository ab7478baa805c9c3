import { ConnectionQuality, ConnectionQualityInfo, SpeakerInfo } from "@livekit/protocol";
import type { Log } from "./log.ts";
import type { ActiveSpeakerDetector } from "./medooze.ts";
import type { Participant } from "./participant.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";
import { Ear } from "./speaking.ts";
import type { PublishedTrack } from "./track.ts";

const beatMs = 250;
const beatsPerQuality = 20;

/** What is looked at again and again: which encodings arrive, who speaks, how good the connections are. */
export class Pulse {
  readonly #rooms: Rooms;
  readonly #createDetector: () => ActiveSpeakerDetector;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  readonly #ears = new Map<PublishedTrack, Ear>();
  readonly #speaking = new Map<string, { active: boolean; level: number }>();
  readonly #quality = new Map<string, ConnectionQuality>();
  #beats = 0;
  #busy = false;

  constructor(rooms: Rooms, createDetector: () => ActiveSpeakerDetector, log: Log) {
    this.#rooms = rooms;
    this.#createDetector = createDetector;
    this.#log = log;
    this.#timer = setInterval(() => this.#beat(), beatMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const ear of this.#ears.values()) ear.stop();
    this.#ears.clear();
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
      this.#listen(room);
      await Promise.all(tracks.map((track) => selectEncodings(track)));
      if (isQualityBeat) await this.#assess(room);
    }
  }

  /** Ears of tracks that ended, and what was known of people who left. */
  #forget(): void {
    for (const [track, ear] of this.#ears)
      if (track.incoming === null) {
        ear.stop();
        this.#ears.delete(track);
      }
    const here = new Set(this.#rooms.list().flatMap((room) => [...room.participants.values()].map(({ sid }) => sid)));
    for (const known of [this.#speaking, this.#quality])
      for (const sid of known.keys()) if (!here.has(sid)) known.delete(sid);
  }

  #listen(room: Room): void {
    const changes: SpeakerInfo[] = [];
    for (const participant of room.participants.values()) {
      const before = this.#speaking.get(participant.sid) ?? { active: false, level: 0 };
      const now = loudest([...participant.tracks.values()].map((track) => this.#hear(track)));
      if (now.active === before.active && Math.abs(now.level - before.level) < 0.1) continue;
      this.#speaking.set(participant.sid, now);
      if (!participant.rights.hidden) changes.push(new SpeakerInfo({ sid: participant.sid, ...now }));
    }
    if (changes.length > 0) room.speakersChanged(changes);
  }

  #hear(track: PublishedTrack): { active: boolean; level: number } {
    if (track.kind !== "audio" || track.incoming === null || track.muted) return { active: false, level: 0 };
    const ear = this.#ears.get(track) ?? new Ear(this.#createDetector(), track.incoming);
    this.#ears.set(track, ear);
    return ear.poll();
  }

  async #assess(room: Room): Promise<void> {
    const updates: ConnectionQualityInfo[] = [];
    for (const participant of room.participants.values()) {
      const loss = await lossOf(participant);
      const quality = participant.session === null ? ConnectionQuality.LOST : qualityOf(loss);
      if (this.#quality.get(participant.sid) === quality) continue;
      this.#quality.set(participant.sid, quality);
      if (!participant.rights.hidden)
        updates.push(new ConnectionQualityInfo({ participantSid: participant.sid, quality, score: scores[quality] }));
    }
    if (updates.length > 0) room.send({ case: "connectionQuality", value: { updates } });
  }
}

async function selectEncodings(track: PublishedTrack): Promise<void> {
  if (track.kind !== "video" || track.muted) return;
  await track.measure();
  for (const subscription of track.subscriptions) subscription.select();
}

const loudest = (heard: { active: boolean; level: number }[]): { active: boolean; level: number } =>
  heard.reduce((most, next) => (next.level > most.level ? next : most), { active: false, level: 0 });

/** Worst share of packets lost in the last second or report, 0..1, to and from this participant. */
async function lossOf(participant: Participant): Promise<number> {
  const incoming = [...participant.tracks.values()].flatMap((track) => (track.incoming ? [track.incoming] : []));
  const outgoing = [...participant.subscriptions.values()].flatMap(({ outgoing }) => (outgoing ? [outgoing] : []));
  const received = await Promise.all(incoming.map((track) => track.getStatsAsync()));
  const reported = await Promise.all(outgoing.map((track) => track.getStatsAsync()));
  return Math.max(
    0,
    ...received.flatMap((stats) => Object.values(stats).map((encoding) => encoding.lostPacketsRatio ?? 0)),
    // Reports carry the share as a fraction of 256 (RFC 3550).
    ...reported.map((stats) => (stats.media.reported?.fractionLost ?? 0) / 256),
  );
}

const qualityOf = (loss: number): ConnectionQuality =>
  loss > 0.1 ? ConnectionQuality.POOR : loss > 0.03 ? ConnectionQuality.GOOD : ConnectionQuality.EXCELLENT;

/** The mean opinion scores LiveKit's bands lie in. */
const scores: Record<ConnectionQuality, number> = {
  [ConnectionQuality.EXCELLENT]: 4.5,
  [ConnectionQuality.GOOD]: 3.5,
  [ConnectionQuality.POOR]: 2,
  [ConnectionQuality.LOST]: 0,
};
