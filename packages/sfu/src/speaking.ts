import type { ActiveSpeakerDetector } from "./medooze.ts";
import type { PublishedTrack } from "./track.ts";

/** Quieter than this many dB below overload is no speech. */
const noiseGateDb = 60;
const minChangeMs = 400;
/** Opus makes 50 packets a second, and in silence (DTX) two or three. */
const speechPacketsPerSecond = 20;
/** Medooze tells who is loudest, not how loud. */
const level = 0.6;

/**
 * Who is heard in one room, from the audio levels in the packets (RFC 6464), without decoding.
 *
 * Medooze's detector tells who became the loudest, once, and never that somebody fell silent: that shows in the packets,
 * which clients stop sending in silence. Tracks are never taken from the detector, which would wait for the media
 * thread while that waits for it (1.156); they leave it by ending.
 */
export class Ear {
  readonly #detector: ActiveSpeakerDetector;
  readonly #heard = new Map<string, PublishedTrack>();
  #loudest: PublishedTrack | null = null;

  constructor(detector: ActiveSpeakerDetector) {
    this.#detector = detector;
    detector.setMinChangePeriod(minChangeMs);
    detector.setNoiseGatingThreshold(noiseGateDb);
    detector.on("activespeakerchanged", (track) => {
      this.#loudest = this.#heard.get(track.getId()) ?? null;
    });
  }

  /** The track that speaks now, of all in the room, and how loud, 0..1. */
  async listen(tracks: readonly PublishedTrack[]): Promise<{ track: PublishedTrack; level: number } | null> {
    for (const [sid, track] of this.#heard) if (track.incoming === null) this.#heard.delete(sid);
    for (const track of tracks) {
      if (track.kind !== "audio" || track.incoming === null || this.#heard.has(track.sid)) continue;
      this.#heard.set(track.sid, track);
      this.#detector.addSpeaker(track.incoming);
    }
    const track = this.#loudest;
    if (track === null || track.incoming === null || track.muted) return null;
    const stats = Object.values(await track.incoming.getStatsAsync());
    const packets = stats.reduce((sum, encoding) => sum + encoding.numPacketsDelta, 0);
    return packets >= speechPacketsPerSecond ? { track, level } : null;
  }
}
