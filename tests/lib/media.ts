import { spawn } from "node:child_process";
import { colourDistance, SAME_COLOUR } from "./colour.ts";
import type { Region, Rgb, Signal } from "./signals.ts";
import { toneMoments } from "./tone.ts";

/** Runs a program to its end; rejects with what it said on stderr when it fails. */
export async function run(program: string, args: string[], input?: Uint8Array): Promise<{ out: Buffer; err: string }> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const said = Buffer.concat(err).toString();
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said.slice(-2000)}`);
  return { out: Buffer.concat(out), err: said };
}

const ffmpeg = (args: string[], input?: Uint8Array) =>
  run("ffmpeg", ["-nostdin", "-hide_banner", "-loglevel", "error", ...args], input);

export interface Picture {
  /** Seconds from the start of the stream. */
  at: number;
  colour: Rgb;
}

/** Mean colour of a region of each picture, `rate` times a second. */
export async function meanColours(file: string, region: Region, rate = 25): Promise<Picture[]> {
  const { left, top, width, height } = region;
  const crop = `crop=iw*${width}:ih*${height}:iw*${left}:ih*${top}`;
  const filter = `fps=${rate},${crop},scale=1:1:flags=area,format=rgb24`;
  const { out } = await ffmpeg(["-i", file, "-map", "0:v:0", "-vf", filter, "-f", "rawvideo", "-"]);
  const pictures: Picture[] = [];
  for (let index = 0; index * 3 + 2 < out.length; index++)
    pictures.push({ at: index / rate, colour: [out[index * 3]!, out[index * 3 + 1]!, out[index * 3 + 2]!] });
  return pictures;
}

const AUDIO_RATE = 16_000;

/** The sound of a file, mono at 16 kHz; empty where it has none. */
export async function soundOf(file: string): Promise<Float32Array> {
  const { out } = await ffmpeg(["-i", file, "-map", "0:a:0?", "-ac", "1", "-ar", `${AUDIO_RATE}`, "-f", "f32le", "-"]);
  return new Float32Array(out.buffer.slice(out.byteOffset, out.byteOffset + out.length - (out.length % 4)));
}

/** Starts, in seconds, of the tenths of a second in which the tone sounds. */
export async function soundsAt(file: string, hz: number): Promise<number[]> {
  return toneMoments(await soundOf(file), AUDIO_RATE, hz);
}

const GRID = { columns: 32, rows: 18 };

export interface Sighting {
  file: string;
  /** Pictures in which the colour fills at least one cell of a 32 by 18 grid. */
  seen: number;
  /** Tenths of a second in which the tone sounds. */
  heard: number;
}

/**
 * Looks in a film for a person's colour, however small their picture, and listens for their tone. Every picture that
 * can be decoded counts, whatever its timestamp says.
 */
export async function findSignal(file: string, signal: Signal): Promise<Sighting> {
  const filter = `scale=${GRID.columns}:${GRID.rows}:flags=area,format=rgb24`;
  const { out } = await ffmpeg([
    ...["-i", file, "-map", "0:v:0?", "-fps_mode", "passthrough", "-enc_time_base", "1:1000000"],
    ...["-vf", filter, "-f", "rawvideo", "-"],
  ]);
  const size = GRID.columns * GRID.rows * 3;
  let seen = 0;
  for (let start = 0; start + size <= out.length; start += size)
    if (hasColour(out.subarray(start, start + size), signal.colour)) seen++;
  return { file, seen, heard: (await soundsAt(file, signal.tone)).length };
}

/** Whether any pixel of packed RGB is of this colour. */
export function hasColour(pixels: Uint8Array, colour: Rgb): boolean {
  for (let index = 0; index + 2 < pixels.length; index += 3)
    if (colourDistance([pixels[index]!, pixels[index + 1]!, pixels[index + 2]!], colour) < SAME_COLOUR) return true;
  return false;
}

export interface StreamFacts {
  kind: string;
  codec: string;
  width: number | null;
  height: number | null;
  frames: number;
  seconds: number;
}

/** What ffprobe says of a file whose every packet it reads; throws where a stream is not clean. */
export async function cleanStreams(file: string): Promise<StreamFacts[]> {
  const { out, err } = await run("ffprobe", [
    ...["-v", "warning", "-count_packets", "-of", "json"],
    ...["-show_entries", "stream=codec_type,codec_name,width,height,nb_read_packets,duration", file],
  ]);
  const decoded = await run("ffmpeg", ["-nostdin", "-v", "warning", "-i", file, "-f", "null", "-"]);
  const complaints = `${err}${decoded.err}`.trim();
  if (complaints !== "") throw new Error(`${file} is not clean: ${complaints.slice(0, 2000)}`);
  const parsed: unknown = JSON.parse(out.toString());
  const streams = isRecord(parsed) && Array.isArray(parsed.streams) ? parsed.streams : [];
  return streams.filter(isRecord).map((stream) => ({
    kind: String(stream.codec_type),
    codec: String(stream.codec_name),
    width: typeof stream.width === "number" ? stream.width : null,
    height: typeof stream.height === "number" ? stream.height : null,
    frames: Number(stream.nb_read_packets),
    seconds: Number(stream.duration),
  }));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
