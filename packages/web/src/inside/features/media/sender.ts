import { type Room, Track, type TrackPublishOptions } from "livekit-client";
import type { Device } from "./capture.ts";
import type { Shared } from "./share.ts";

const sources = { microphone: Track.Source.Microphone, camera: Track.Source.Camera } as const;

/**
 * A silent microphone stays published and muted, so that whoever gets the floor is heard at once; a camera that is off
 * is let go.
 *
 * Puts one's tracks into one room, one act after the other per source: publishing takes a negotiation, and a person
 * may click faster than that.
 */
export class Sender {
  #room: Room;
  #last = new Map<Track.Source, Promise<void>>();

  constructor(room: Room) {
    this.#room = room;
  }

  /** `null`: nothing any more. Rejects when the media server does not allow it. */
  send(device: Device, track: MediaStreamTrack | null): Promise<void> {
    return this.#put(sources[device], track, {});
  }

  async share(shared: Shared | null): Promise<void> {
    await this.#put(Track.Source.ScreenShare, shared?.picture ?? null, { simulcast: false });
    await this.#put(Track.Source.ScreenShareAudio, shared?.sound ?? null, {});
  }

  #put(source: Track.Source, track: MediaStreamTrack | null, options: TrackPublishOptions): Promise<void> {
    const before = this.#last.get(source) ?? Promise.resolve();
    const act = before.catch(() => undefined).then(() => this.#now(source, track, options));
    this.#last.set(source, act);
    return act;
  }

  async #now(source: Track.Source, track: MediaStreamTrack | null, options: TrackPublishOptions): Promise<void> {
    const { localParticipant } = this.#room;
    const publication = localParticipant.getTrackPublication(source);
    const present = publication?.track;
    if (publication && track === null && source === Track.Source.Microphone) return void (await publication.mute());
    if (publication && present?.mediaStreamTrack === track) return void (await publication.unmute());
    if (present) await localParticipant.unpublishTrack(present, false);
    if (track) await localParticipant.publishTrack(track, { source, ...options });
  }
}
