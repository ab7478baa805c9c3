import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PICTURE_TYPE_I,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_YUV420P,
  AV_SAMPLE_FMT_FLTP,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_SMPTE170M,
  AVCOL_TRC_BT709,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBX264,
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
import { FRAMES_PER_SECOND, FRAMES_PER_SEGMENT, HEIGHT, SAMPLE_RATE, SAMPLES_PER_FRAME, WIDTH } from "./picture.ts";

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
 * the beginning of its time; frames may be left out, time goes on. A run that was destroyed is simply closed.
 */
export class EncoderRun {
  readonly #video: CodecContext;
  readonly #audio: CodecContext;
  readonly #muxer: FormatContext;
  readonly #io: IOContext;
  readonly #written: Buffer[];
  readonly #packet = new Packet();
  readonly #samples = new Float32Array(AUDIO_FRAME);
  #pending = 0;
  #audioPts = 0n;
  /** Encoded sound that waits for the picture of its time. */
  #sound: Packet[] = [];
  /** The newest encoded picture. */
  #picture: Packet | null = null;
  #firstFrame: number | null = null;
  #lastFrame = 0;
  readonly #fragments: Fragment[] = [];
  /** `ftyp` and `moov`. */
  readonly init: Buffer;

  private constructor(
    video: CodecContext,
    audio: CodecContext,
    muxer: FormatContext,
    io: IOContext,
    written: Buffer[],
    init: Buffer,
  ) {
    this.#video = video;
    this.#audio = audio;
    this.#muxer = muxer;
    this.#io = io;
    this.#written = written;
    this.init = init;
    this.#packet.alloc();
  }

  /** Throws FFmpegError where FFmpeg refuses. */
  static async open(): Promise<EncoderRun> {
    const video = await openVideo();
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
    for (const context of [video, audio]) {
      const stream = muxer.newStream(null);
      ok(stream.codecpar.fromContext(context), "parameters");
      stream.timeBase = context.timeBase;
    }
    // Each fragment is cut by hand at a key frame; sound before the first frame (AAC's priming) is never written.
    const options = Dictionary.fromObject({
      movflags: "frag_custom+empty_moov+default_base_moof+skip_trailer",
      use_editlist: 0,
      avoid_negative_ts: "disabled",
      fflags: "+bitexact",
    });
    ok(await muxer.writeHeader(options), "header");
    await muxer.flush();
    const init = Buffer.concat(written.splice(0));
    return new EncoderRun(video, audio, muxer, io, written, init);
  }

  /**
   * @param frame number of this frame in the run; must grow
   * @param picture I420 of WIDTH x HEIGHT
   * @param sound SAMPLES_PER_FRAME samples for each frame since the last one given, -1 to 1, mono
   * @returns fragments that became whole
   */
  async encode(frame: number, picture: Buffer, sound: Float32Array): Promise<Fragment[]> {
    await this.#hear(sound);
    const image = Frame.fromVideoBuffer(picture, {
      width: WIDTH,
      height: HEIGHT,
      format: AV_PIX_FMT_YUV420P,
      timeBase: new Rational(1, FRAMES_PER_SECOND),
      pts: BigInt(frame),
    });
    image.pictType = this.#beginsSegment(frame) ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    this.#lastGiven = frame;
    ok(await this.#video.sendFrame(image), "picture");
    image.free();
    await this.#drainVideo();
    return this.#fragments.splice(0);
  }

  /** Everything that is still inside, the last fragment perhaps shorter. The run is closed after. */
  async finish(): Promise<Fragment[]> {
    ok(await this.#video.sendFrame(null), "end of picture");
    await this.#drainVideo();
    await this.#writePicture(this.#lastFrame + 1);
    if (this.#firstFrame !== null) await this.#cut(this.#lastFrame + 1);
    const rest = this.#fragments.splice(0);
    this.close();
    return rest;
  }

  close(): void {
    for (const packet of this.#sound.splice(0)) packet.free();
    this.#picture?.free();
    this.#picture = null;
    this.#packet.free();
    this.#video.freeContext();
    this.#audio.freeContext();
    this.#muxer.pb = null;
    this.#muxer.freeContext();
    this.#io.freeContext();
  }

  #lastGiven = -1;

  #beginsSegment(frame: number): boolean {
    return Math.floor(frame / FRAMES_PER_SEGMENT) !== Math.floor(this.#lastGiven / FRAMES_PER_SEGMENT);
  }

  async #hear(sound: Float32Array): Promise<void> {
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
      ok(await this.#audio.sendFrame(block), "sound");
      block.free();
      await this.#drainAudio();
    }
  }

  async #drainAudio(): Promise<void> {
    while (await receive(this.#audio, this.#packet)) {
      const kept = this.#packet.pts >= 0n ? this.#packet.clone() : null;
      if (kept) {
        kept.streamIndex = 1;
        this.#sound.push(kept);
      }
      this.#packet.unref();
    }
  }

  async #drainVideo(): Promise<void> {
    while (await receive(this.#video, this.#packet)) {
      let frame = Number(this.#packet.pts);
      const segment = Math.floor(frame / FRAMES_PER_SEGMENT);
      if (this.#firstFrame !== null && segment !== Math.floor(this.#firstFrame / FRAMES_PER_SEGMENT)) {
        // Frames left out around a seam must not move it: the picture before lasts up to it, the one after begins there.
        frame = segment * FRAMES_PER_SEGMENT;
        await this.#writePicture(frame);
        await this.#cut(frame);
      } else await this.#writePicture(frame);
      this.#firstFrame ??= frame;
      this.#lastFrame = frame;
      this.#picture = this.#packet.clone();
      this.#packet.unref();
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
    await this.#write(picture, this.#video);
    picture.free();
  }

  /** `end`: the first frame that no longer belongs to the fragment. */
  async #cut(end: number): Promise<void> {
    const until = BigInt(end * SAMPLES_PER_FRAME);
    while (this.#sound[0] && this.#sound[0].pts < until) {
      const packet = this.#sound.shift()!;
      await this.#write(packet, this.#audio);
      packet.free();
    }
    ok(await this.#muxer.writeFrame(null), "cut");
    await this.#muxer.flush();
    const firstFrame = this.#firstFrame!;
    this.#fragments.push({ data: Buffer.concat(this.#written.splice(0)), firstFrame, frames: end - firstFrame });
    this.#firstFrame = null;
  }

  async #write(packet: Packet, from: CodecContext): Promise<void> {
    packet.rescaleTs(from.timeBase, this.#muxer.streams[packet.streamIndex]!.timeBase);
    ok(await this.#muxer.writeFrame(packet), "packet");
  }
}

async function openVideo(): Promise<CodecContext> {
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = WIDTH;
  context.height = HEIGHT;
  context.pixelFormat = AV_PIX_FMT_YUV420P;
  context.timeBase = new Rational(1, FRAMES_PER_SECOND);
  context.framerate = new Rational(FRAMES_PER_SECOND, 1);
  context.colorRange = AVCOL_RANGE_MPEG;
  // WebRTC cameras deliver BT.601 matrices whatever the size; said so, nothing has to be converted.
  context.colorSpace = AVCOL_SPC_SMPTE170M;
  context.colorPrimaries = AVCOL_PRI_BT709;
  context.colorTrc = AVCOL_TRC_BT709;
  context.gopSize = FRAMES_PER_SEGMENT;
  // Without B frames decoding order is showing order: no edit list, no negative times for a player to trip over.
  context.maxBFrames = 0;
  context.bitRate = 1_500_000n;
  context.rcMaxRate = 1_800_000n;
  context.rcBufferSize = 3_000_000;
  context.threadCount = 1;
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  const options = Dictionary.fromObject({
    preset: "veryfast",
    profile: "high",
    forced_idr: 1,
    "x264-params": "scenecut=0:rc-lookahead=10:keyint=50:min-keyint=1:nal-hrd=none",
  });
  ok(await context.open2(codec, options), "libx264");
  return context;
}

async function openAudio(): Promise<CodecContext> {
  const codec = Codec.findEncoderByName(FF_ENCODER_AAC);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.sampleRate = SAMPLE_RATE;
  context.sampleFormat = AV_SAMPLE_FMT_FLTP;
  context.channelLayout = AV_CHANNEL_LAYOUT_MONO;
  context.timeBase = new Rational(1, SAMPLE_RATE);
  context.bitRate = 96_000n;
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  ok(await context.open2(codec, null), "aac");
  return context;
}

async function receive(context: CodecContext, into: Packet): Promise<boolean> {
  const result = await context.receivePacket(into);
  if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return false;
  ok(result, "packet");
  return true;
}

function ok(result: number, what: string): void {
  FFmpegError.throwIfError(result, what);
}
