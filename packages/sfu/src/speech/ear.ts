import { TrackSource } from "@livekit/protocol";
import type { Room } from "../room/room.ts";
import type { PublishedTrack } from "../track/track.ts";
import { Loudest } from "./loudest.ts";
import { Loudness } from "./loudness.ts";

/** Levels are told in eighths, so that small changes need no telling; as LiveKit does. */
const steps = 8;

/** What is heard in one room, from the levels in the packets: nothing is decoded. */
export class Ear {
  readonly #loudness = new Map<PublishedTrack, Loudness>();
  readonly #loudest = new Loudest();
  #at = 0;

  /** Listens anew, and lets through whoever is to be heard. `at`: now, ms. */
  listen(room: Room, at: number): void {
    const open = openIn(room);
    const known = new Set(open.map(({ track }) => track));
    for (const track of this.#loudness.keys()) if (!known.has(track)) this.#loudness.delete(track);
    for (const { track } of open) this.#hear(track, at);
    const microphones = open.filter(({ track }) => track.source !== TrackSource.SCREEN_SHARE_AUDIO);
    const heard = microphones.map(({ track, person }) => {
      return { id: track.sid, person, power: this.#loudness.get(track)?.power ?? 0 };
    });
    const forwarded = this.#loudest.look(at, at - this.#at, heard);
    for (const { track } of microphones) track.setCrowdedOut(!forwarded.has(track.sid));
    this.#at = at;
  }

  /** How loud everybody is who speaks, 0..1, by sid of the participant. */
  speakers(room: Room): Map<string, number> {
    const speaking = new Map<string, number>();
    for (const participant of room.participants.values()) {
      if (participant.rights.hidden) continue;
      const levels = [...participant.tracks.values()]
        .filter(({ source }) => source === TrackSource.MICROPHONE)
        .map((track) => this.#loudness.get(track)?.level ?? 0);
      const level = Math.max(0, ...levels);
      if (level > 0) speaking.set(participant.sid, Math.ceil(level * steps) / steps);
    }
    return speaking;
  }

  #hear(track: PublishedTrack, at: number): void {
    const sound = track.sound();
    if (sound === null) return;
    const loudness = this.#loudness.get(track);
    if (loudness) loudness.hear(at, sound);
    else this.#loudness.set(track, new Loudness(at, sound));
  }
}

/** Sound that is not muted, and whose it is. */
const openIn = (room: Room): { track: PublishedTrack; person: string }[] =>
  [...room.participants.values()].flatMap(({ sid, tracks }) =>
    [...tracks.values()]
      .filter((track) => track.kind === "audio" && !track.muted)
      .map((track) => ({ track, person: sid })),
  );
