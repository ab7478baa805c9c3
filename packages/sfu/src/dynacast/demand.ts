import { VideoQuality } from "@livekit/protocol";

/** The highest quality that anybody wants of each codec, by its name in SDP; OFF: nobody wants it. */
export type Wanted = ReadonlyMap<string, VideoQuality>;

/** Less is told only when it was wanted for so long, ms: who switches between layouts makes no encoder start anew. As LiveKit. */
const lessAfterMs = 5000;
/** That nobody wants a new track at all, ms: its subscribers are still on their way. As LiveKit. */
const firstAfterMs = 10_000;

/**
 * What the publisher of one track is to be told of the wishes of its subscribers: more at once, less after a while.
 * Pure: time is told, in ms.
 */
export class Demand {
  readonly #beganAt: number;
  #told: Wanted | null = null;
  #lessSince: number | null = null;

  constructor(at: number) {
    this.#beganAt = at;
  }

  /** Takes in what is wanted now. Returns what to tell; `null`: nothing new. */
  look(at: number, wanted: Wanted): Wanted | null {
    if (!this.#isDue(at, wanted)) return null;
    this.#lessSince = null;
    this.#told = new Map(wanted);
    return this.#told;
  }

  /** When to look again although nothing has happened; `null`: no need. */
  get lookAt(): number | null {
    if (this.#told === null) return this.#beganAt + firstAfterMs;
    return this.#lessSince === null ? null : this.#lessSince + lessAfterMs;
  }

  /** Told anew at the next look: whoever was told may have lost it. */
  forget(): void {
    this.#told = null;
  }

  #isDue(at: number, wanted: Wanted): boolean {
    const told = this.#told;
    if (told === null) return at >= this.#beganAt + firstAfterMs || [...wanted.values()].some(isSomething);
    const codecs = [...wanted];
    if (codecs.some(([codec, quality]) => rank(quality) > rank(told.get(codec)))) return true;
    const isLess = codecs.some(([codec, quality]) => rank(quality) < rank(told.get(codec)));
    if (!isLess) this.#lessSince = null;
    else this.#lessSince ??= at;
    return this.#lessSince !== null && at - this.#lessSince >= lessAfterMs;
  }
}

const isSomething = (quality: VideoQuality): boolean => quality !== VideoQuality.OFF;

/** LiveKit numbers them LOW 0, MEDIUM 1, HIGH 2, OFF 3. */
const rank = (quality: VideoQuality | undefined): number =>
  quality === undefined || quality === VideoQuality.OFF ? -1 : quality;
