import { framesPerSecond, type Media } from "./media.ts";

export const payloadTypes = { audio: 111, video: 96, rtx: 97 } as const;
const tickMs = 5;
const audioMs = 20;
/** Opus without speech, discontinuous: one packet in 400 ms (RFC 7587, 3.1.3). */
const silentBlocks = 20;

export interface Source {
  ssrc: number;
  send(packet: Buffer): void;
  /** Set by who plays: a receiver asks for a key frame. */
  keyFrameWanted?: () => void;
}

/** A key frame that is asked for comes at most so often, as browsers do. */
const keyFrameEveryMs = 300;

/**
 * Sends prepared media in real time from its beginning, which is a key frame, again and again; and from there when one is asked for. A frame's packets leave
 * together, as browsers' pacers let them (bursts of up to 40 ms).
 */
export class Player {
  readonly #media: Media;
  readonly #audio: Source | null;
  readonly #video: Source | null;
  readonly #speaks: boolean;
  readonly #start = performance.now();
  readonly #timer: NodeJS.Timeout;
  readonly #sequence = { audio: 1, video: 1 };
  #frames = 0;
  #blocks = 0;
  /** Where in the prepared pictures it is. */
  #at = 0;
  #beganAt = 0;

  constructor(media: Media, audio: Source | null, video: Source | null, speaks = true) {
    this.#media = media;
    this.#audio = audio;
    this.#video = video;
    this.#speaks = speaks;
    if (video) video.keyFrameWanted = () => this.#begin();
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #begin(): void {
    const now = performance.now();
    if (now - this.#beganAt < keyFrameEveryMs) return;
    this.#beganAt = now;
    this.#at = 0;
  }

  #tick(): void {
    const now = performance.now() - this.#start;
    for (; this.#video && (this.#frames * 1000) / framesPerSecond <= now; this.#frames++) this.#sendFrame(this.#video);
    for (; this.#audio && this.#blocks * audioMs <= now; this.#blocks++)
      if (this.#speaks || this.#blocks % silentBlocks === 0) this.#sendBlock(this.#audio);
  }

  #sendFrame(video: Source): void {
    const payloads = this.#media.video[this.#at++ % this.#media.video.length] ?? [];
    for (const [index, payload] of payloads.entries()) {
      const isLast = index === payloads.length - 1;
      const header = Buffer.alloc(16);
      writeHeader(
        header,
        payloadTypes.video,
        isLast,
        this.#sequence.video++,
        this.#frames * (90_000 / framesPerSecond),
      );
      header.writeUInt32BE(video.ssrc, 8);
      // RFC 7741: extended, start of the frame's partition, a picture id of 15 bits.
      header[12] = index === 0 ? 0x90 : 0x80;
      header[13] = 0x80;
      header.writeUInt16BE(0x8000 | (this.#frames & 0x7fff), 14);
      video.send(Buffer.concat([header, payload]));
    }
  }

  #sendBlock(audio: Source): void {
    const payload = this.#media.audio[this.#blocks % this.#media.audio.length] ?? Buffer.alloc(0);
    const header = Buffer.alloc(12);
    writeHeader(header, payloadTypes.audio, this.#blocks === 0, this.#sequence.audio++, this.#blocks * 48 * audioMs);
    header.writeUInt32BE(audio.ssrc, 8);
    audio.send(Buffer.concat([header, payload]));
  }
}

/** All of an RTP header but the SSRC (RFC 3550). */
function writeHeader(header: Buffer, payloadType: number, mark: boolean, sequence: number, timestamp: number): void {
  header[0] = 0x80;
  header[1] = payloadType | (mark ? 0x80 : 0);
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
}
