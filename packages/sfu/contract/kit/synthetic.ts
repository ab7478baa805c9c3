import {
  AudioFrame,
  AudioSource,
  AudioStream,
  dispose,
  LocalAudioTrack,
  LocalVideoTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
  VideoStream,
} from "@livekit/rtc-node";
import { until } from "./wait.ts";

/** A track that has gone is told so within this time. */
const TELLING_MS = 2_000;

/** Ends rtc-node's own threads, without which a test file would not end. Nothing joins after it. */
export const endSynthetics = (): Promise<void> => dispose();

/** One participant by stock `@livekit/rtc-node`, as egress and the demo's people are. */
export class Synthetic {
  readonly room = new Room();
  /** By `identity/source number`: what is decoded. */
  readonly pictures = new Map<
    string,
    { y: number; u: number; v: number; width: number; height: number; frames: number }
  >();
  readonly sounds = new Map<string, { hertz: number; frames: number }>();
  disconnected = false;
  #ended = false;
  /** Of which tracks nothing is decoded any more though they have not gone, and why. */
  readonly #failed = new Map<RemoteTrack, { key: string; error: Error }>();
  readonly #gone = new WeakSet<RemoteTrack>();

  constructor() {
    this.room.on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
      const key = `${participant.identity}/${publication.source}`;
      this.#consume(track, key).catch((cause: unknown) => {
        const error = new Error(`The stream of ${key} failed: ${cause}`, { cause });
        if (!this.#gone.has(track)) this.#failed.set(track, { key, error });
      });
    });
    // Of a track that has gone there is no stream to be had, which may be seen a moment before it is told here.
    this.room.on(RoomEvent.TrackUnsubscribed, (track) => this.#forget(track));
    this.room.on(RoomEvent.Disconnected, () => {
      this.disconnected = true;
      for (const track of this.#failed.keys()) this.#forget(track);
    });
  }

  async join(url: string, ticket: string, { autoSubscribe = true } = {}): Promise<void> {
    await this.room.connect(url, ticket, { autoSubscribe, dynacast: false });
  }

  /** Publishes a flat picture. Returns its sid. */
  async show(y: number, u: number, v: number, { width = 640, height = 360, simulcast = false } = {}): Promise<string> {
    const source = new VideoSource(width, height);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_CAMERA;
    options.simulcast = simulcast;
    const picture = new Uint8Array((width * height * 3) / 2);
    const pixels = width * height;
    picture.fill(u, pixels, (pixels * 5) / 4);
    picture.fill(v, (pixels * 5) / 4);
    let count = 0;
    const timer = setInterval(() => {
      if (this.#ended) return clearInterval(timer);
      picture.fill(y, 0, pixels);
      picture.fill(235, (count % height) * width, (count % height) * width + width);
      count += 1;
      source.captureFrame(new VideoFrame(picture, width, height, VideoBufferType.I420));
    }, 66);
    const track = LocalVideoTrack.createVideoTrack("camera", source);
    const publication = await this.#local().publishTrack(track, options);
    return publication.sid ?? "";
  }

  async sing(hertz: number, loudness = 0.27): Promise<string> {
    const source = new AudioSource(48000, 1);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    options.dtx = false;
    const track = LocalAudioTrack.createAudioTrack("microphone", source);
    const publication = await this.#local().publishTrack(track, options);
    void this.#play(source, hertz, loudness);
    return publication.sid ?? "";
  }

  /** Waits for a decoded picture of about this brightness and colour. */
  sees(key: string, y: number, u: number, v: number) {
    return until(`${key} as ${[y, u, v]}`, () => {
      const seen = this.pictures.get(key);
      if (seen && Math.abs(seen.y - y) < 25 && Math.abs(seen.u - u) < 25 && Math.abs(seen.v - v) < 25) return seen;
      return this.#stillDecodes(key);
    });
  }

  hears(key: string, hertz: number) {
    return until(
      `${key} at ${hertz} Hz`,
      () => Math.abs((this.sounds.get(key)?.hertz ?? 0) - hertz) < 15 || this.#stillDecodes(key),
    );
  }

  /** Throws when the stream of a track failed that has not gone. */
  async leave(): Promise<void> {
    this.#ended = true;
    try {
      await until("every track to be decoded or gone", () => this.#stillDecodes() ?? true, TELLING_MS);
    } finally {
      await this.room.disconnect();
    }
  }

  #forget(track: RemoteTrack): void {
    this.#gone.add(track);
    this.#failed.delete(track);
  }

  /** Throws what the stream of this track, or of any, failed of. */
  #stillDecodes(key?: string): null {
    for (const failed of this.#failed.values()) if (key === undefined || failed.key === key) throw failed.error;
    return null;
  }

  #local() {
    const local = this.room.localParticipant;
    if (!local) throw new Error("not joined");
    return local;
  }

  async #play(source: AudioSource, hertz: number, loudness: number): Promise<void> {
    let phase = 0;
    while (!this.#ended) {
      const samples = Int16Array.from({ length: 480 }, () => {
        phase += (2 * Math.PI * hertz) / 48000;
        return 32767 * loudness * Math.sin(phase);
      });
      await source.captureFrame(new AudioFrame(samples, 48000, 1, 480));
    }
  }

  async #consume(track: RemoteTrack, key: string): Promise<void> {
    if (track.kind === TrackKind.KIND_VIDEO) {
      for await (const { frame } of new VideoStream(track)) {
        const { width, height, data } = frame.convert(VideoBufferType.I420);
        const at = (height >> 1) * width + (width >> 1);
        const chroma = (height >> 2) * (width >> 1) + (width >> 2);
        const size = width * height;
        const frames = (this.pictures.get(key)?.frames ?? 0) + 1;
        const y = data[at] ?? 0;
        const u = data[size + chroma] ?? 0;
        const v = data[size + size / 4 + chroma] ?? 0;
        this.pictures.set(key, { y, u, v, width, height, frames });
      }
    } else {
      const window = new Int16Array(4800);
      let filled = 0;
      for await (const frame of new AudioStream(track, 48000, 1)) {
        const taken = frame.data.subarray(0, window.length - filled);
        window.set(taken, filled);
        filled += taken.length;
        if (filled < window.length) continue;
        filled = 0;
        this.sounds.set(key, { hertz: frequencyOf(window), frames: (this.sounds.get(key)?.frames ?? 0) + 1 });
      }
    }
  }
}

/** By rising passages through zero in 100 ms at 48 kHz; good to 10 Hz for a clean tone. */
function frequencyOf(samples: Int16Array): number {
  let rising = 0;
  for (let at = 1; at < samples.length; at++) if ((samples[at - 1] ?? 0) < 0 && (samples[at] ?? 0) >= 0) rising += 1;
  return (rising * 48000) / samples.length;
}
