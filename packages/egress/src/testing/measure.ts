import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const RATE = 48_000;
const SMALL = 16;
const FRAMES_PER_SECOND = 25;

async function ffmpeg(...options: string[]): Promise<Buffer> {
  const { stdout } = await run("ffmpeg", ["-v", "error", "-nostdin", ...options, "-"], {
    encoding: "buffer",
    maxBuffer: 512 * 1024 * 1024,
  });
  return stdout;
}

/** Y, U and V of the picture's middle, one entry a frame, at 25 frames a second from the file's beginning. */
export async function coloursOf(file: string): Promise<[number, number, number][]> {
  const filter = `fps=${FRAMES_PER_SECOND},crop=iw/4:ih/4,scale=${SMALL}:${SMALL}:flags=area,format=yuv444p`;
  const raw = await ffmpeg("-i", file, "-vf", filter, "-f", "rawvideo");
  const plane = SMALL * SMALL;
  const mean = (from: number): number => raw.subarray(from, from + plane).reduce((a, b) => a + b, 0) / plane;
  return Array.from({ length: Math.floor(raw.length / plane / 3) }, (_, frame) => {
    const at = frame * plane * 3;
    return [mean(at), mean(at + plane), mean(at + 2 * plane)];
  });
}

/** The sound from the file's beginning, mono, 48 kHz, -1 to 1; silence stands where the file has none. */
export async function soundOf(file: string): Promise<Float32Array> {
  const raw = await ffmpeg(
    "-i",
    file,
    "-af",
    "aresample=async=1:first_pts=0",
    "-ac",
    "1",
    "-ar",
    `${RATE}`,
    "-f",
    "f32le",
  );
  return new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
}

/** Amplitude of one frequency within a stretch of sound (Goertzel); `from` and `length` in seconds. */
export function toneIn(sound: Float32Array, frequency: number, from: number, length: number): number {
  const part = sound.subarray(Math.round(from * RATE), Math.round((from + length) * RATE));
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / RATE);
  let [one, two] = [0, 0];
  for (const sample of part) [one, two] = [sample + turn * one - two, one];
  const power = one * one + two * two - turn * one * two;
  return (2 * Math.sqrt(Math.max(0, power))) / Math.max(1, part.length);
}

/** Times in seconds at which the picture turns white. */
export const flashesIn = (colours: readonly (readonly [number, number, number])[]): number[] =>
  colours.flatMap(([y], frame) =>
    frame > 0 && y > 128 && colours[frame - 1]![0] <= 128 ? [frame / FRAMES_PER_SECOND] : [],
  );

/** Times in seconds at which a tone begins after at least 0.1 s of quiet. */
export function beepsIn(sound: Float32Array, frequency = 1000): number[] {
  const step = 0.005;
  const beeps: number[] = [];
  let quiet = 0;
  for (let at = 0; at < sound.length / RATE - step; at += step) {
    const loud = toneIn(sound, frequency, at, step) > 0.05;
    if (loud && quiet > 0.1) beeps.push(at);
    quiet = loud ? 0 : quiet + step;
  }
  return beeps;
}
