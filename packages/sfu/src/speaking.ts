import type { ActiveSpeakerDetector, IncomingTrack } from "./medooze.ts";

/** Quieter than this many dB below overload is no speech. */
const noiseGateDb = 60;

/**
 * Whether speech is heard on one track, from the audio levels in its packets (RFC 6464), without decoding.
 *
 * Medooze's detector tells who became the loudest, once, and never that somebody fell silent. One detector for each
 * track, which is given its track anew at every poll, tells again each time speech is heard.
 */
export class Ear {
  readonly #detector: ActiveSpeakerDetector;
  readonly #track: IncomingTrack;
  #heard = false;
  #score = 0;
  #silentPolls = 0;
  #active = false;

  constructor(detector: ActiveSpeakerDetector, track: IncomingTrack) {
    this.#detector = detector;
    this.#track = track;
    detector.setMinChangePeriod(0);
    detector.setMinActivationScore(0);
    detector.setNoiseGatingThreshold(noiseGateDb);
    detector.on("activespeakerchanged", () => {
      this.#heard = true;
    });
    detector.addSpeaker(track);
  }

  /** To be called a few times a second. `level` 0..1: how much of the last second or two was speech. */
  poll(): { active: boolean; level: number } {
    if (!this.#track.stopped) {
      this.#detector.removeSpeaker(this.#track);
      this.#detector.addSpeaker(this.#track);
    }
    this.#silentPolls = this.#heard ? 0 : this.#silentPolls + 1;
    this.#score = this.#score * 0.75 + (this.#heard ? 0.25 : 0);
    this.#active = this.#heard || (this.#active && this.#silentPolls < 2);
    this.#heard = false;
    return { active: this.#active, level: this.#active ? Math.max(0.25, this.#score) : 0 };
  }

  stop(): void {
    this.#detector.stop();
  }
}
