import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLTP,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  FF_ENCODER_AAC,
} from "node-av/constants";
import {
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  FormatContext,
  Frame,
  IOContext,
  Packet,
  Rational,
} from "node-av/lib";
import { FRAMES_PER_SEGMENT, SAMPLE_RATE, SAMPLES_PER_FRAME } from "./picture.ts";
import { PictureEncoder } from "./pictureEncoder.ts";
import { AUDIO_BIT_RATE, RENDITIONS, type Rendition } from "./renditions.ts";

/** One whole piece of the stream: a `moof` and its `mdat`, beginning with a key frame. */
export interface Fragment {
  data: Buffer;
  /** Number of its first frame in this run, and how many frames of time it covers. */
  firstFrame: number;
  frames: number;
}

const AUDIO_FRAME = 1024;

/**
 * One run of the encoders and of the fMP4 muxer: picture and sound in, an init segment and fragments out. Frame 0 is
 * the beginning of its time; frames may be left out, time goes on, and one can be begun later than that. A run that was
 * destroyed is simply closed.
 */
export class EncoderRun {
  readonly #video: PictureEncoder;
  readonly #audio: CodecContext;
  readonly #muxer: FormatContext;
  readonly #io: IOContext;
  readonly #written: Buffer[];
  readonly #packet = new Packet();
  readonly #samples = new Float32Array(AUDIO_FRAME);
  #pending = 0;
  /** In samples of the run. */
  #audioPts: bigint;
  readonly #soundFrom: bigint;
  /** Encoded sound that waits for the picture of its time. */
  #sound: Packet[] = [];
  /** Encoded pictures of the call before: the sound up to them is encoded only now. */
  #pictures: Packet[] = [];
  /** The newest encoded picture. */
  #picture: Packet | null = null;
  #firstFrame: number | null = null;
  #lastFrame = 0;
  #closed = false;
  readonly #fragments: Fragment[] = [];
  /** `ftyp` and `moov`. */
  readonly init: Buffer;

  private constructor(
    video: PictureEncoder,
    audio: CodecContext,
    muxer: FormatContext,
    io: IOContext,
    written: Buffer[],
    init: Buffer,
    from: number,
  ) {
    this.#video = video;
    this.#audio = audio;
    this.#muxer = muxer;
    this.#io = io;
    this.#written = written;
    this.init = init;
    this.#soundFrom = this.#audioPts = BigInt(from * SAMPLES_PER_FRAME);
    this.#lastGiven = from - 1;
    this.#packet.alloc();
  }

  /** Throws FFmpegError where FFmpeg refuses. @param from the first frame that it will be given */
  static async open(rendition: Rendition = RENDITIONS[0], from = 0): Promise<EncoderRun> {
    const video = await PictureEncoder.open(rendition);
    const audio = await openAudio();
    const written: Buffer[] = [];
    const io = new IOContext();
    io.allocContextWithCallbacks(64 * 1024, 1, null, (chunk) => {
      written.push(Buffer.from(chunk));
      return chunk.length;
    });
    const muxer = new FormatContext();
    ok(muxer.allocOutputContext2(null, "mp4", null), "mp4");
    muxer.pb = io;
    for (const context of [video.context, audio]) {
      const stream = muxer.newStream(null);
      ok(stream.codecpar.fromContext(context), "parameters");
      stream.timeBase = context.timeBase;
    }
    // Each fragment is cut by hand at a key frame; sound before the first frame (AAC's priming) is never written.
    const options = Dictionary.fromObject({
      // A run that begins later says so: otherwise the muxer calls its first packet the beginning of time.
      movflags: `frag_custom+empty_moov+default_base_moof+skip_trailer${from > 0 ? "+frag_discont" : ""}`,
      use_editlist: 0,
      avoid_negative_ts: "disabled",
      fflags: "+bitexact",
    });
    ok(await muxer.writeHeader(options), "header");
    await muxer.flush();
    const init = Buffer.concat(written.splice(0));
    return new EncoderRun(video, audio, muxer, io, written, init, from);
  }

  /**
   * @param frame number of this frame in the run; must grow
   * @param picture I420 in the size of the rendition; the same object again is the same picture
   * @param sound SAMPLES_PER_FRAME samples for each frame since the last one given, -1 to 1, mono
   * @param rare whether pictures are: then none is kept back to look ahead, it would be seconds
   * @returns fragments that became whole
   */
  async encode(frame: number, picture: Buffer, sound: Float32Array, rare = false): Promise<Fragment[]> {
    this.#hear(sound);
    await this.#takePictures();
    this.#pictures = await this.#video.encode(frame, picture, this.#beginsSegment(frame), rare);
    this.#lastGiven = frame;
    if (rare) await this.#takePictures();
    return this.#fragments.splice(0);
  }

  /** Everything that is still inside, the last fragment perhaps shorter. The run is closed after. */
  async finish(): Promise<Fragment[]> {
    await this.#takePictures();
    this.#pictures = await this.#video.finish();
    await this.#takePictures();
    await this.#writePicture(this.#lastGiven + 1);
    if (this.#firstFrame !== null) await this.#cut(this.#lastGiven + 1);
    const rest = this.#fragments.splice(0);
    this.close();
    return rest;
  }

  /** Once more is harmless: a run may fail after its end. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const packet of this.#sound.splice(0)) packet.free();
    for (const packet of this.#pictures.splice(0)) packet.free();
    this.#picture?.free();
    this.#picture = null;
    this.#packet.free();
    this.#video.close();
    this.#audio.freeContext();
    this.#muxer.pb = null;
    this.#muxer.freeContext();
    this.#io.freeContext();
  }

  #lastGiven: number;

  #beginsSegment(frame: number): boolean {
    return Math.floor(frame / FRAMES_PER_SEGMENT) !== Math.floor(this.#lastGiven / FRAMES_PER_SEGMENT);
  }

  /** At once: a block takes a tenth of a millisecond, which is less than to hand it to another thread and back. */
  #hear(sound: Float32Array): void {
    for (let from = 0; from < sound.length; ) {
      const take = Math.min(sound.length - from, AUDIO_FRAME - this.#pending);
      this.#samples.set(sound.subarray(from, from + take), this.#pending);
      from += take;
      this.#pending += take;
      if (this.#pending < AUDIO_FRAME) break;
      this.#pending = 0;
      const block = Frame.fromAudioBuffer(Buffer.from(new Uint8Array(this.#samples.buffer)), {
        nbSamples: AUDIO_FRAME,
        format: AV_SAMPLE_FMT_FLTP,
        sampleRate: SAMPLE_RATE,
        channelLayout: AV_CHANNEL_LAYOUT_MONO,
        timeBase: new Rational(1, SAMPLE_RATE),
        pts: this.#audioPts,
      });
      this.#audioPts += BigInt(AUDIO_FRAME);
      ok(this.#audio.sendFrameSync(block), "sound");
      block.free();
      this.#drainAudio();
    }
  }

  #drainAudio(): void {
    while (receive(this.#audio, this.#packet)) {
      const kept = this.#packet.pts >= this.#soundFrom ? this.#packet.clone() : null;
      if (kept) {
        kept.streamIndex = 1;
        this.#sound.push(kept);
      }
      this.#packet.unref();
    }
  }

  async #takePictures(): Promise<void> {
    for (const packet of this.#pictures.splice(0)) {
      let frame = Number(packet.pts);
      const segment = Math.floor(frame / FRAMES_PER_SEGMENT);
      if (this.#firstFrame !== null && segment !== Math.floor(this.#firstFrame / FRAMES_PER_SEGMENT)) {
        // Frames left out around a seam must not move it: the picture before lasts up to it, the one after begins there.
        frame = segment * FRAMES_PER_SEGMENT;
        await this.#writePicture(frame);
        await this.#cut(frame);
      } else await this.#writePicture(frame);
      this.#firstFrame ??= frame;
      this.#lastFrame = frame;
      this.#picture = packet;
    }
  }

  /** Writes the picture that waits until it is known how long it lasts. `until`: the first frame after it. */
  async #writePicture(until: number): Promise<void> {
    const picture = this.#picture;
    this.#picture = null;
    if (!picture) return;
    picture.streamIndex = 0;
    picture.pts = picture.dts = BigInt(this.#lastFrame);
    picture.duration = BigInt(until - this.#lastFrame);
    await this.#write(picture, this.#video.timeBase);
    picture.free();
  }

  /** `end`: the first frame that no longer belongs to the fragment. */
  async #cut(end: number): Promise<void> {
    const until = BigInt(end * SAMPLES_PER_FRAME);
    while (this.#sound[0] && this.#sound[0].pts < until) {
      const packet = this.#sound.shift()!;
      await this.#write(packet, this.#audio.timeBase);
      packet.free();
    }
    ok(await this.#muxer.writeFrame(null), "cut");
    await this.#muxer.flush();
    const firstFrame = this.#firstFrame!;
    this.#fragments.push({ data: Buffer.concat(this.#written.splice(0)), firstFrame, frames: end - firstFrame });
    this.#firstFrame = null;
  }

  async #write(packet: Packet, from: Rational): Promise<void> {
    packet.rescaleTs(from, this.#muxer.streams[packet.streamIndex]!.timeBase);
    ok(await this.#muxer.writeFrame(packet), "packet");
  }
}

async function openAudio(): Promise<CodecContext> {
  const codec = Codec.findEncoderByName(FF_ENCODER_AAC);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.sampleRate = SAMPLE_RATE;
  context.sampleFormat = AV_SAMPLE_FMT_FLTP;
  context.channelLayout = AV_CHANNEL_LAYOUT_MONO;
  context.timeBase = new Rational(1, SAMPLE_RATE);
  context.bitRate = BigInt(AUDIO_BIT_RATE);
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  ok(await context.open2(codec, null), "aac");
  return context;
}

function receive(context: CodecContext, into: Packet): boolean {
  const result = context.receivePacketSync(into);
  if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return false;
  ok(result, "packet");
  return true;
}

function ok(result: number, what: string): void {
  FFmpegError.throwIfError(result, what);
}
