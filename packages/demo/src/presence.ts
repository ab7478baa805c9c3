import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
} from "@livekit/rtc-node";
import { Serial } from "@raadhuis/process";
import type { MediaTicket } from "@raadhuis/protocol/socket";
import { type Face, HEIGHT, WIDTH } from "./face.ts";
import { CHUNK, SAMPLE_RATE, type Voice } from "./voice.ts";

const FRAMES_PER_SECOND = 15;

interface Options {
  face: Face;
  voice: Voice;
  /** Called once if the connection ends by itself. */
  lost(): void;
  /** Takes why something could not be published in a room that is there. */
  report(error: unknown): void;
}

/** A person in one LiveKit room: publishes picture and sound as long as it may, and hears nobody. */
export class Presence {
  readonly #face: Face;
  readonly #voice: Voice;
  readonly #report: Options["report"];
  readonly #room = new Room();
  readonly #video = new VideoSource(WIDTH, HEIGHT);
  readonly #audio = new AudioSource(SAMPLE_RATE, 1, 200);
  readonly #tracks: string[] = [];
  #pictures: NodeJS.Timeout | undefined;
  #here = true;
  #publishing = false;
  /** Publishing and unpublishing one after the other. */
  readonly #work = new Serial();

  private constructor({ face, voice, report }: Pick<Options, "face" | "voice" | "report">) {
    this.#face = face;
    this.#voice = voice;
    this.#report = report;
  }

  /** Rejects when the room cannot be joined. */
  static async join(url: string, ticket: MediaTicket, { lost, ...options }: Options): Promise<Presence> {
    const presence = new Presence(options);
    await presence.#room.connect(url, ticket.token, { autoSubscribe: false, dynacast: false });
    presence.#room.once(RoomEvent.Disconnected, () => {
      if (presence.#here) lost();
    });
    return presence;
  }

  /** Publishes camera and microphone, or takes them back. */
  mayPublish(sources: MediaTicket["publish"]): Promise<void> {
    const wanted = sources.includes("camera") && sources.includes("microphone");
    const work = this.#work.run(async () => {
      if (!this.#here || wanted === this.#publishing) return;
      this.#publishing = wanted;
      await (wanted ? this.#publish() : this.#unpublish());
    });
    return work.catch((error) => {
      // The room may go while it is being published into; `lost` tells of that.
      if (this.#here && this.#room.isConnected) this.#report(error);
    });
  }

  async leave(): Promise<void> {
    this.#here = false;
    this.#publishing = false;
    clearInterval(this.#pictures);
    await this.#room.disconnect().catch(() => undefined);
    await Promise.all([this.#video.close(), this.#audio.close()]).catch(() => undefined);
  }

  async #publish(): Promise<void> {
    const self = this.#room.localParticipant;
    if (!self) return;
    const camera = await self.publishTrack(
      LocalVideoTrack.createVideoTrack("camera", this.#video),
      new TrackPublishOptions({
        source: TrackSource.SOURCE_CAMERA,
        simulcast: false,
        videoEncoding: { maxBitrate: 400_000n, maxFramerate: FRAMES_PER_SECOND },
      }),
    );
    const microphone = await self.publishTrack(
      LocalAudioTrack.createAudioTrack("microphone", this.#audio),
      new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
    );
    for (const { sid } of [camera, microphone]) if (sid) this.#tracks.push(sid);
    this.#pictures = setInterval(() => this.#show(), 1000 / FRAMES_PER_SECOND);
    void this.#speak();
  }

  async #unpublish(): Promise<void> {
    clearInterval(this.#pictures);
    for (const sid of this.#tracks.splice(0)) await this.#room.localParticipant?.unpublishTrack(sid, false);
  }

  #show(): void {
    const frame = this.#face.frame(Date.now());
    this.#video.captureFrame(new VideoFrame(frame, WIDTH, HEIGHT, VideoBufferType.I420));
  }

  /** The source's own queue keeps the pace: it takes the next 10 ms when there is room. */
  async #speak(): Promise<void> {
    let clock = Date.now();
    while (this.#publishing) {
      clock = Math.max(clock + 10, Date.now() - 100);
      try {
        await this.#audio.captureFrame(new AudioFrame(this.#voice.chunk(clock), SAMPLE_RATE, 1, CHUNK));
      } catch {
        return;
      }
    }
  }
}
