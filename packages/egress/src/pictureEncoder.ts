import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PICTURE_TYPE_I,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_SMPTE170M,
  AVCOL_TRC_BT709,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  FF_ENCODER_LIBX264,
} from "node-av/constants";
import { Codec, CodecContext, Dictionary, FFmpegError, Frame, Packet, Rational } from "node-av/lib";
import { bytesOf, FRAMES_PER_SECOND, FRAMES_PER_SEGMENT } from "./picture.ts";
import { bufferOf, RENDITIONS, type Rendition } from "./renditions.ts";

/** Of a picture that stands still a frame is encoded this often, in frames. */
const STILL_FRAMES = FRAMES_PER_SECOND;
const COMMON = "scenecut=0:keyint=50:min-keyint=1:nal-hrd=none";

/** How x264 works, and with how many bits for a frame (as a rate at all frames a second). */
export interface Manner {
  parameters: string;
  framesInOne: number;
}
export const moving: Manner = { parameters: `${COMMON}:rc-lookahead=10`, framesInOne: 1 };
/** Each frame is given back at once, however long it is until the next; it may have the bits of those left out. */
export const still: Manner = {
  parameters: `${COMMON}:rc-lookahead=0:sync-lookahead=0:mbtree=0:force-cfr=1`,
  framesInOne: STILL_FRAMES,
};

/**
 * Pictures in, H.264 packets out. When a picture has stood still for as long as a segment, the next goes to an encoder
 * without lookahead, which is given a frame a second: to encode the same picture 25 times costs a tenth of a core.
 */
export class PictureEncoder {
  /** Counts frames. */
  readonly timeBase = new Rational(1, FRAMES_PER_SECOND);
  #moving: CodecContext | null;
  #still: CodecContext | null = null;
  #given: Buffer | null = null;
  readonly #rendition: Rendition;
  readonly #shown: Buffer;
  /** The last frame that differed from the one before. */
  #changed = 0;
  #standing = false;
  #lastSent = Number.NEGATIVE_INFINITY;

  private constructor(rendition: Rendition, moving: CodecContext) {
    this.#rendition = rendition;
    this.#shown = Buffer.alloc(bytesOf(rendition.width, rendition.height));
    this.#moving = moving;
  }

  static async open(rendition: Rendition = RENDITIONS[0]): Promise<PictureEncoder> {
    return new PictureEncoder(rendition, await openEncoder(moving, rendition));
  }

  /** An open encoder, for its parameters. */
  get context(): CodecContext {
    const context = this.#moving ?? this.#still;
    if (!context) throw new Error("The encoder is closed.");
    return context;
  }

  /**
   * @param picture I420 in the size of the rendition; the same object again is the same picture, and is not looked at
   * @param begins whether a segment begins with it: it becomes a key frame
   * @param rare whether pictures are: ten that were kept back would be seconds, so none is
   */
  async encode(frame: number, picture: Buffer, begins: boolean, rare = false): Promise<Packet[]> {
    const same = picture === this.#given || (this.#given !== null && picture.equals(this.#shown));
    this.#given = picture;
    if (!same) {
      picture.copy(this.#shown);
      this.#changed = frame;
      this.#standing &&= rare;
    }
    // Long enough that what flickers does not open one encoder after the other.
    const rests = begins && frame - this.#changed >= FRAMES_PER_SEGMENT;
    // A key frame: that encoder may have worked before, and what it refers to is not what was shown last.
    if (!this.#standing && (rare || rests))
      return [...(await this.#calm()), ...(await this.#send(frame, picture, true))];
    if (same && this.#standing && !begins && frame - this.#lastSent < STILL_FRAMES) return [];
    return this.#send(frame, picture, begins);
  }

  /** What is still inside. */
  async finish(): Promise<Packet[]> {
    return this.#moving ? drained(this.#moving, null) : [];
  }

  close(): void {
    this.#moving?.freeContext();
    this.#still?.freeContext();
    this.#moving = this.#still = null;
  }

  /** What moved is encoded to its end. */
  async #calm(): Promise<Packet[]> {
    this.#still ??= await openEncoder(still, this.#rendition);
    this.#standing = true;
    const rest = this.#moving ? await drained(this.#moving, null) : [];
    this.#moving?.freeContext();
    this.#moving = null;
    return rest;
  }

  /** One that begins anew begins with a key frame of itself. */
  async #atWork(): Promise<CodecContext> {
    if (this.#standing && this.#still) return this.#still;
    this.#moving ??= await openEncoder(moving, this.#rendition);
    return this.#moving;
  }

  async #send(frame: number, picture: Buffer, key: boolean): Promise<Packet[]> {
    const context = await this.#atWork();
    const { width, height } = this.#rendition;
    const image = Frame.fromVideoBuffer(picture, {
      width,
      height,
      format: AV_PIX_FMT_YUV420P,
      timeBase: this.timeBase,
      pts: BigInt(frame),
    });
    image.pictType = key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    this.#lastSent = frame;
    const packets = await drained(context, image);
    image.free();
    return packets;
  }
}

/** Gives a frame, or the end, and takes what comes of it. */
async function drained(context: CodecContext, image: Frame | null): Promise<Packet[]> {
  FFmpegError.throwIfError(await context.sendFrame(image), "picture");
  const packets: Packet[] = [];
  for (;;) {
    const packet = new Packet();
    packet.alloc();
    const result = await context.receivePacket(packet);
    if (result !== AVERROR_EAGAIN && result !== AVERROR_EOF) FFmpegError.throwIfError(result, "packet");
    if (result < 0) {
      packet.free();
      return packets;
    }
    packets.push(packet);
  }
}

/** Whatever the manner, pictures are described by the same parameter sets: one init segment is right for both. */
export async function openEncoder(
  { parameters, framesInOne }: Manner,
  rendition: Rendition = RENDITIONS[0],
): Promise<CodecContext> {
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = rendition.width;
  context.height = rendition.height;
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
  context.bitRate = BigInt(rendition.bitRate * framesInOne);
  context.rcMaxRate = BigInt(rendition.mostBitRate * framesInOne);
  context.rcBufferSize = bufferOf(rendition) * framesInOne;
  context.threadCount = 1;
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  const options = Dictionary.fromObject({
    preset: "veryfast",
    profile: "high",
    forced_idr: 1,
    "x264-params": `${parameters}:level=${rendition.level}`,
  });
  FFmpegError.throwIfError(await context.open2(codec, options), "libx264");
  return context;
}
