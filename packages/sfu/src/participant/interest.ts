import { UpdateTrackSettings } from "@livekit/protocol";

/** Of what one client says about tracks, so much is remembered: 32 tracks of each of 150 others. */
const maxRemembered = 4800;
/** A track that somebody asked for and that has not come by then is not there, ms; as long as LiveKit waits. */
const notFoundMs = 60_000;

/** What one participant wants to receive, and how. Holds what it said of tracks that come later. */
export class Interest {
  readonly #auto: boolean;
  readonly #said = new Map<string, boolean>();
  readonly #settings = new Map<string, UpdateTrackSettings>();
  readonly #awaited = new Map<string, NodeJS.Timeout>();
  /** Tracks it was told that it may not have. */
  readonly denied = new Set<string>();

  /** `auto`: wants everything, unless it says otherwise. */
  constructor(auto: boolean) {
    this.#auto = auto;
  }

  wants(trackSid: string): boolean {
    return this.#said.get(trackSid) ?? this.#auto;
  }

  say(trackSid: string, wanted: boolean): void {
    if (!wanted) this.#found(trackSid);
    if (this.#said.size < maxRemembered || this.#said.has(trackSid)) this.#said.set(trackSid, wanted);
  }

  /** It asked for a track that nobody has: `missing` when it has not come in time. */
  awaits(trackSid: string, missing: () => void): void {
    if (this.#awaited.has(trackSid) || this.#awaited.size >= maxRemembered) return;
    const timer = setTimeout(() => {
      this.forget(trackSid);
      missing();
    }, notFoundMs);
    this.#awaited.set(trackSid, timer.unref());
  }

  configure(trackSid: string, settings: UpdateTrackSettings): void {
    if (this.#settings.size >= maxRemembered && !this.#settings.has(trackSid)) return;
    const { disabled, quality, width, height, fps, priority } = settings;
    this.#settings.set(trackSid, new UpdateTrackSettings({ disabled, quality, width, height, fps, priority }));
  }

  /** The track is there. Returns how it is wanted; `null`: as it comes. */
  meet(trackSid: string): UpdateTrackSettings | null {
    this.#found(trackSid);
    return this.#settings.get(trackSid) ?? null;
  }

  /** The track is gone. */
  forget(trackSid: string): void {
    this.#found(trackSid);
    this.#said.delete(trackSid);
    this.#settings.delete(trackSid);
    this.denied.delete(trackSid);
  }

  stop(): void {
    for (const timer of this.#awaited.values()) clearTimeout(timer);
    this.#awaited.clear();
  }

  #found(trackSid: string): void {
    clearTimeout(this.#awaited.get(trackSid));
    this.#awaited.delete(trackSid);
  }
}
