import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * What a person of the tests looks and sounds like: a field of one colour in which a bar moves, and a tone in
 * syllables. Every two seconds a white patch flashes while a high beep sounds, for measuring lip sync.
 */
export interface Signal {
  name: string;
  colour: Rgb;
  /** Hz; an integer, so that the loop is seamless. */
  tone: number;
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** Far from one another in hue, and from the greys and blues of slates and lower thirds; tones are no harmonics. */
export const signals = {
  green: { name: "green", colour: [30, 170, 50], tone: 430 },
  red: { name: "red", colour: [200, 40, 30], tone: 610 },
  yellow: { name: "yellow", colour: [215, 190, 30], tone: 770 },
  /** For what the public must never see or hear. */
  magenta: { name: "magenta", colour: [200, 30, 190], tone: 1030 },
} as const satisfies Record<string, Signal>;

export const WIDTH = 640;
export const HEIGHT = 360;
export const FRAME_RATE = 15;
export const LOOP_SECONDS = 2;
export const BEEP_HZ = 3100;
const FLASH_FRAMES = 3;
export const SAMPLE_RATE = 48_000;

/** Parts of the picture, as fractions of its width and height. */
export interface Region {
  left: number;
  top: number;
  width: number;
  height: number;
}
/** The flashing patch. */
export const FLASH: Region = { left: 0.1, top: 0.15, width: 0.25, height: 0.4 };
/** Where nothing flashes and no lower third stands: the person's colour. */
export const FIELD: Region = { left: 0.5, top: 0.1, width: 0.4, height: 0.5 };

/** BT.601, limited range: what Chromium takes a Y4M file to be. */
export function yuvOf([red, green, blue]: Rgb): [number, number, number] {
  return [
    Math.round(16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255),
    Math.round(128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255),
    Math.round(128 + (112 * red - 93.786 * green - 18.214 * blue) / 255),
  ];
}

/** One I420 frame of the loop, `index` from 0. */
export function frameOf(signal: Signal, index: number): Uint8Array {
  const [luma, u, v] = yuvOf(signal.colour);
  const size = WIDTH * HEIGHT;
  const frame = new Uint8Array((size * 3) / 2);
  frame.fill(luma, 0, size);
  frame.fill(u, size, size * 1.25);
  frame.fill(v, size * 1.25);
  const frames = FRAME_RATE * LOOP_SECONDS;
  const bar = Math.floor((WIDTH * (index % frames)) / frames);
  for (let row = 0; row < HEIGHT; row++)
    for (let column = bar; column < bar + 24 && column < WIDTH; column++)
      frame[row * WIDTH + column] = Math.max(16, luma - 30);
  if (index % frames < FLASH_FRAMES) paintFlash(frame);
  return frame;
}

function paintFlash(frame: Uint8Array): void {
  const size = WIDTH * HEIGHT;
  const left = Math.round((FLASH.left * WIDTH) / 2) * 2;
  const right = left + Math.round((FLASH.width * WIDTH) / 2) * 2;
  const top = Math.round((FLASH.top * HEIGHT) / 2) * 2;
  const bottom = top + Math.round((FLASH.height * HEIGHT) / 2) * 2;
  for (let row = top; row < bottom; row++) frame.fill(235, row * WIDTH + left, row * WIDTH + right);
  for (let row = top / 2; row < bottom / 2; row++)
    for (const plane of [size, size * 1.25])
      frame.fill(128, plane + (row * WIDTH) / 2 + left / 2, plane + (row * WIDTH) / 2 + right / 2);
}

/** The loop's sound, mono, -1..1. Syllables of changing strength, because a steady tone is taken for noise and removed. */
export function samplesOf(signal: Signal): Float32Array {
  const samples = new Float32Array(SAMPLE_RATE * LOOP_SECONDS);
  const strengths = [0, 0.45, 0.3, 0.5, 0.2, 0.4, 0.55, 0.25];
  const flash = FLASH_FRAMES / FRAME_RATE;
  for (let index = 0; index < samples.length; index++) {
    const second = index / SAMPLE_RATE;
    const syllable = second / (LOOP_SECONDS / strengths.length);
    const within = syllable - Math.floor(syllable);
    const envelope = Math.min(1, within * 12, Math.max(0, (0.85 - within) * 12));
    const voice = strengths[Math.floor(syllable)]! * envelope * Math.sin(2 * Math.PI * signal.tone * second);
    const beep = second < flash ? 0.6 * Math.sin(2 * Math.PI * BEEP_HZ * second) : 0;
    samples[index] = voice + beep;
  }
  return samples;
}

/** 16-bit mono RIFF WAVE. */
export function wavOf(samples: Float32Array, rate = SAMPLE_RATE): Buffer {
  const data = Buffer.alloc(44 + samples.length * 2);
  data.write("RIFF", 0, "latin1");
  data.writeUInt32LE(36 + samples.length * 2, 4);
  data.write("WAVEfmt ", 8, "latin1");
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(rate * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write("data", 36, "latin1");
  data.writeUInt32LE(samples.length * 2, 40);
  for (const [index, sample] of samples.entries())
    data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), 44 + index * 2);
  return data;
}

export interface CaptureFiles {
  video: string;
  audio: string;
}

/** Writes the files that Chromium plays as camera and microphone (`--use-file-for-fake-...-capture`), both looped. */
export async function writeCaptureFiles(signal: Signal, directory: string): Promise<CaptureFiles> {
  const video = join(directory, `${signal.name}.y4m`);
  const audio = join(directory, `${signal.name}.wav`);
  const file = await open(video, "w");
  try {
    await file.write(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAME_RATE}:1 Ip A1:1 C420jpeg\n`);
    for (let index = 0; index < FRAME_RATE * LOOP_SECONDS; index++) {
      await file.write("FRAME\n");
      await file.write(frameOf(signal, index));
    }
  } finally {
    await file.close();
  }
  await writeFile(audio, wavOf(samplesOf(signal)));
  return { video, audio };
}
