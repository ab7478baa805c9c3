import type { IncomingTrack } from "../engine/medooze.ts";

/** Medooze asks a publisher for a key frame of one encoding at most this often; asked sooner, it does nothing. */
const leastMs = 500;

/** Requests for key frames of one track: none more often than they are heard, and none lost because of that. */
export class KeyFrames {
  static readonly #all = new WeakMap<IncomingTrack, KeyFrames>();
  readonly #track: IncomingTrack;
  readonly #askedAt = new Map<string, number>();
  readonly #waiting = new Set<string>();

  /** Those who receive the same track share its key frames. */
  static of(track: IncomingTrack): KeyFrames {
    const known = KeyFrames.#all.get(track) ?? new KeyFrames(track);
    KeyFrames.#all.set(track, known);
    return known;
  }

  private constructor(track: IncomingTrack) {
    this.#track = track;
  }

  /** Now, or as soon as it is heard again: then once for all who asked meanwhile. */
  ask(encoding: string): void {
    if (this.#waiting.has(encoding)) return;
    const wait = (this.#askedAt.get(encoding) ?? Number.NEGATIVE_INFINITY) + leastMs - performance.now();
    if (wait <= 0) {
      this.#send(encoding);
      return;
    }
    this.#waiting.add(encoding);
    setTimeout(() => {
      this.#waiting.delete(encoding);
      this.#send(encoding);
    }, wait + 20).unref();
  }

  #send(encoding: string): void {
    this.#askedAt.set(encoding, performance.now());
    if (this.#track.stopped) return;
    const known = this.#track.getEncoding(encoding);
    known?.receiver.SendPLI(known.source.media.ssrc);
  }
}
