import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
} from "@livekit/rtc-node";
import { AccessToken } from "livekit-server-sdk";
import type { MediaServer } from "./mediaServer.ts";

const RATE = 48_000;
/** WebRTC's own piece of sound. */
const STEP_MS = 10;
const STEPS_PER_FRAME = 4;

/** Y, U, V. */
export type Colour = readonly [number, number, number];

export interface Performance {
  colour: Colour;
  /** Hz; 0: silence. */
  tone: number;
  /** White picture and a 1 kHz tone for 200 ms at each full second of the wall clock; black and silent otherwise. */
  flashes?: boolean;
}

export async function ticket(server: MediaServer, room: string, identity: string, hidden: boolean): Promise<string> {
  const token = new AccessToken(server.key, server.secret, { identity, ttl: 3600 });
  token.addGrant({ room, roomJoin: true, canSubscribe: true, canPublish: !hidden, hidden, recorder: hidden });
  return token.toJwt();
}

/** Somebody with a camera and a microphone, in the real room. */
export class Publisher {
  readonly #room = new Room();
  readonly #size: { width: number; height: number };
  readonly #video: VideoSource;
  readonly #audio = new AudioSource(RATE, 1, 0);
  readonly #yuv: Uint8Array;
  #camera: LocalVideoTrack | null = null;
  #running = true;
  #phase = 0;
  performance: Performance;

  constructor(performance: Performance, { width, height } = { width: 640, height: 360 }) {
    this.performance = performance;
    this.#size = { width, height };
    this.#video = new VideoSource(width, height);
    this.#yuv = new Uint8Array((width * height * 3) / 2);
  }

  async join(server: MediaServer, room: string, identity: string): Promise<void> {
    await this.#room.connect(server.url, await ticket(server, room, identity, false));
    const local = this.#room.localParticipant!;
    this.#camera = LocalVideoTrack.createVideoTrack("camera", this.#video);
    await local.publishTrack(
      this.#camera,
      new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast: false }),
    );
    const voice = LocalAudioTrack.createAudioTrack("microphone", this.#audio);
    await local.publishTrack(voice, new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE, dtx: false }));
    void this.#perform();
  }

  /** One more camera beside the one there is, or a screen, of the same picture. */
  async add(source: TrackSource): Promise<{ sid: string; takeBack(): Promise<void> }> {
    const local = this.#room.localParticipant!;
    const track = LocalVideoTrack.createVideoTrack("another", this.#video);
    await local.publishTrack(track, new TrackPublishOptions({ source, simulcast: false }));
    const sid = track.sid!;
    return { sid, takeBack: () => local.unpublishTrack(sid, false) };
  }

  /** Takes back the camera that was there from the beginning. */
  async closeCamera(): Promise<void> {
    await this.#room.localParticipant!.unpublishTrack(this.#camera!.sid!, false);
  }

  async leave(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    await this.#room.disconnect();
  }

  /** Picture and sound of the same instants, handed over together; no queue of the library's lies between. */
  async #perform(): Promise<void> {
    const start = Math.ceil(Date.now() / STEP_MS) * STEP_MS;
    let shown = -1;
    for (let step = 0; this.#running; step++) {
      const at = start + step * STEP_MS;
      const early = at - Date.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      // What a busy machine made it miss is left out, as a camera and a microphone would: a burst would come late.
      else if (early < -2 * STEP_MS) continue;
      const on = at % 1000 < 200;
      const frame = Math.floor(step / STEPS_PER_FRAME);
      if (frame !== shown) this.#show(on);
      shown = frame;
      await this.#sound(on);
    }
  }

  #show(on: boolean): void {
    const { colour, flashes } = this.performance;
    const [y, u, v] = flashes ? ([on ? 235 : 16, 128, 128] as const) : colour;
    const { width, height } = this.#size;
    const luma = width * height;
    this.#yuv.fill(y, 0, luma);
    this.#yuv.fill(u, luma, (luma * 5) / 4);
    this.#yuv.fill(v, (luma * 5) / 4);
    this.#video.captureFrame(new VideoFrame(this.#yuv, width, height, VideoBufferType.I420));
  }

  async #sound(on: boolean): Promise<void> {
    const { tone, flashes } = this.performance;
    const pitch = flashes ? (on ? 1000 : 0) : tone;
    const samples = new Int16Array((RATE * STEP_MS) / 1000);
    for (let i = 0; i < samples.length; i++) {
      this.#phase += (2 * Math.PI * pitch) / RATE;
      samples[i] = pitch ? Math.sin(this.#phase) * 9000 : 0;
    }
    await this.#audio.captureFrame(new AudioFrame(samples, RATE, 1, samples.length));
  }
}
