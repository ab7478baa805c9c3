import Hls from "hls.js";

/** Behind the playlist's edge, s: two segments, so that one late segment is not a halt. */
const BEHIND = 4;
/** Further behind the edge than this, s, a picture that plays jumps to it. */
const MOST_BEHIND = 5 * BEHIND;
/** A picture that stands still this long, ms, without being paused, is begun anew at the edge. */
const STALLED = 6000;
const LOOK = 1000;
const RETRY = 1000;

/** Safari's own HLS tells the date of the first frame. */
type DatedVideo = HTMLVideoElement & { getStartDate?: () => Date };

/** A live stream in a `<video>`: comes back by itself from whatever goes wrong. */
export class Stream {
  #video: DatedVideo;
  #url: string;
  #hls: Hls | null = null;
  #watch: ReturnType<typeof setInterval>;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #last = { position: -1, since: Date.now() };

  constructor(video: HTMLVideoElement, url: string) {
    this.#video = video;
    this.#url = url;
    this.#begin();
    for (const type of ["pause", "play"]) video.addEventListener(type, this.#onPause);
    this.#watch = setInterval(() => this.#look(), LOOK);
  }

  /** Programme time of the picture, ms; `null` before there is one. */
  clock(): number | null {
    if (this.#hls) return this.#hls.playingDate?.getTime() ?? null;
    const start = this.#video.getStartDate?.().getTime();
    return start === undefined || Number.isNaN(start) ? null : start + this.#video.currentTime * 1000;
  }

  /** Back to what is newest, after a pause that was too long. */
  toEdge(): void {
    const edge = this.#hls?.liveSyncPosition ?? null;
    if (edge !== null) this.#video.currentTime = edge;
  }

  end(): void {
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    for (const type of ["pause", "play"]) this.#video.removeEventListener(type, this.#onPause);
    this.#hls?.destroy();
    this.#hls = null;
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  /** A picture that was paused stands still: hls.js would move it on with the edge. */
  readonly #onPause = (): void => {
    if (this.#hls) this.#hls.config.liveMaxLatencyDuration = this.#mostBehind();
  };

  #mostBehind(): number {
    return this.#video.paused && this.#video.readyState > 0 ? Number.POSITIVE_INFINITY : MOST_BEHIND;
  }

  #begin(): void {
    this.#hls?.destroy();
    this.#hls = null;
    this.#last = { position: -1, since: Date.now() };
    if (!Hls.isSupported()) {
      this.#video.src = this.#url;
      return;
    }
    const hls = new Hls({
      liveSyncDuration: BEHIND,
      liveMaxLatencyDuration: this.#mostBehind(),
      maxBufferLength: 10,
      backBufferLength: 30,
      manifestLoadPolicy: { default: patient },
      playlistLoadPolicy: { default: patient },
      fragLoadPolicy: { default: patient },
    });
    this.#hls = hls;
    hls.on(Hls.Events.ERROR, (_, { fatal, type }) => {
      if (!fatal || this.#hls !== hls) return;
      if (type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
      else this.#again();
    });
    hls.on(Hls.Events.MANIFEST_PARSED, () => void this.#video.play().catch(() => undefined));
    hls.loadSource(this.#url);
    hls.attachMedia(this.#video);
  }

  #again(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#begin(), RETRY);
  }

  #look(): void {
    const { paused, ended, currentTime } = this.#video;
    const moved = currentTime !== this.#last.position;
    if (moved || paused || ended) {
      this.#last = { position: currentTime, since: Date.now() };
      return;
    }
    if (Date.now() - this.#last.since < STALLED) return;
    this.#last = { position: currentTime, since: Date.now() };
    this.#begin();
  }
}

/** Keeps asking for what is not there yet. */
const patient = {
  maxTimeToFirstByteMs: 8000,
  maxLoadTimeMs: 15_000,
  timeoutRetry: { maxNumRetry: 4, retryDelayMs: 500, maxRetryDelayMs: 2000 },
  errorRetry: { maxNumRetry: 6, retryDelayMs: 500, maxRetryDelayMs: 2000 },
};
