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
  readonly #ears = new Map<Room, Ear>();
  /** Sid of who speaks, by room. */
  readonly #speaking = new Map<Room, string>();
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
      await this.#listen(room, tracks);
      await Promise.all(tracks.map((track) => selectEncodings(track)));
      if (isQualityBeat) await this.#assess(room);
    }
  }

  /** What was known of rooms that ended and of people who left. */
  #forget(): void {
    for (const known of [this.#ears, this.#speaking])
      for (const room of known.keys()) if (room.isClosed) known.delete(room);
    const here = new Set(this.#rooms.list().flatMap((room) => [...room.participants.values()].map(({ sid }) => sid)));
    for (const sid of this.#quality.keys()) if (!here.has(sid)) this.#quality.delete(sid);
  }

  async #listen(room: Room, tracks: readonly PublishedTrack[]): Promise<void> {
    const ear = this.#ears.get(room) ?? new Ear(this.#createDetector());
    this.#ears.set(room, ear);
    const heard = await ear.listen(tracks);
    const speaker = [...room.participants.values()].find(
      (participant) => heard !== null && !participant.rights.hidden && participant.tracks.has(heard.track.sid),
    );
    const before = this.#speaking.get(room);
    if (speaker?.sid === before) return;
    const changes: SpeakerInfo[] = [];
    if (before !== undefined) changes.push(new SpeakerInfo({ sid: before, active: false, level: 0 }));
    if (speaker) changes.push(new SpeakerInfo({ sid: speaker.sid, active: true, level: heard?.level ?? 0 }));
    if (speaker) this.#speaking.set(room, speaker.sid);
    else this.#speaking.delete(room);
    room.speakersChanged(changes);
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
