import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";

/** What a publisher replays, over and over: RTP payloads, without headers. */
export interface Media {
  /** Each frame of 1/25 s, cut into payloads (RFC 7741, without the picture id, which counts on). */
  video: Buffer[][];
  /** One Opus packet for each 20 ms. */
  audio: Buffer[];
}

export const framesPerSecond = 25;
/** Payload of one packet at most, bytes: what browsers use, headers and extensions fit under any path's MTU. */
const maxPayload = 1150;
const seconds = 10;

const pictures = { large: { size: "1280x720", kbits: 1500 }, small: { size: "320x180", kbits: 150 } };
export type PictureSize = keyof typeof pictures;

/** 720p VP8 at 1.5 Mbit/s (`small`: 180p at 150 kbit/s) and Opus at 32 kbit/s, encoded once by ffmpeg and kept in `.cache/bench`. */
export function preparedMedia(picture: PictureSize = "large"): Media {
  const { size, kbits } = pictures[picture];
  const folder = join(import.meta.dirname, "../../../../.cache/bench");
  const make = (name: string, args: string[]): Buffer => {
    const path = join(folder, name);
    if (!existsSync(path)) {
      mkdirSync(folder, { recursive: true });
      const part = join(folder, `${process.pid}-${name}`);
      execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-y", ...args, "-t", String(seconds), part]);
      renameSync(part, path);
    }
    return readFileSync(path);
  };
  const source = `mandelbrot=size=${size}:rate=${framesPerSecond}`;
  const encoder = `-c:v libvpx -b:v ${kbits}k -minrate ${kbits}k -maxrate ${kbits}k -bufsize ${kbits}k -g 75 -deadline realtime -cpu-used 8`;
  return {
    video: framesOf(make(`${size}.ivf`, ["-f", "lavfi", "-i", source, ...encoder.split(" ")])).map(payloadsOf),
    audio: packetsOfOgg(make("tone.ogg", ["-f", "lavfi", "-i", "sine=440:r=48000", "-c:a", "libopus", "-b:a", "32k"])),
  };
}

/** Frames of an IVF file: a header of 32 bytes, then each with its length and time in 12. */
function framesOf(ivf: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 32; at + 12 <= ivf.length; ) {
    const length = ivf.readUInt32LE(at);
    frames.push(ivf.subarray(at + 12, at + 12 + length));
    at += 12 + length;
  }
  return frames;
}

/** In pieces of equal size but the last. */
function payloadsOf(frame: Buffer): Buffer[] {
  const payloads: Buffer[] = [];
  for (let at = 0; at < frame.length; at += maxPayload) payloads.push(frame.subarray(at, at + maxPayload));
  return payloads;
}

/** Packets of an Ogg stream (RFC 3533) whose packets are all short enough for one page; the two headers left out. */
function packetsOfOgg(ogg: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  for (let page = 0; page + 27 <= ogg.length; ) {
    const lengths = ogg.subarray(page + 27, page + 27 + (ogg[page + 26] ?? 0));
    let at = page + 27 + lengths.length;
    let length = 0;
    for (const part of lengths) {
      length += part;
      if (part === 255) continue;
      packets.push(ogg.subarray(at, at + length));
      at += length;
      length = 0;
    }
    page = at + length;
  }
  return packets.slice(2);
}
