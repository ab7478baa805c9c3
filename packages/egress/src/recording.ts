import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { putInPlace, syncFile } from "@raadhuis/process/files";
import type { ReleasedState } from "@raadhuis/protocol/public";
import { RECORDING } from "@raadhuis/protocol/publicNames";
import { AV_PKT_FLAG_CORRUPT, AVERROR_EOF, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO } from "node-av/constants";
import { Dictionary, FFmpegError, FormatContext, IOContext, Packet, Rational } from "node-av/lib";
import { remove, sizeOf } from "./files.ts";
import { FRAME_MS, FRAMES_PER_SECOND } from "./picture.ts";
import { endOf, initName, mediaName, type Segment } from "./segment.ts";

/** How far the file's length may be from the sum of its segments, s. */
const TOLERANCE = 0.25;

/** Segments that follow each other without a seam: one encoder run, no gap in time. */
export type Stretch = [Segment, ...Segment[]];

export function stretchesOf(segments: readonly Segment[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const segment of segments) {
    const last = stretches.at(-1)?.at(-1);
    if (last && last.run === segment.run && Math.abs(endOf(last) - segment.at) < FRAME_MS / 2)
      stretches.at(-1)!.push(segment);
    else stretches.push([segment]);
  }
  return stretches;
}

const secondsOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, segment) => sum + segment.frames, 0) / FRAMES_PER_SECOND;

/** Where programme time stands in a file made of these stretches, one after the other. */
export function offsetsOf(stretches: readonly Stretch[]): { at: number; seconds: number }[] {
  let seconds = 0;
  return stretches.map((stretch) => {
    const offset = { at: stretch[0].at, seconds };
    seconds += secondsOf(stretch);
    return offset;
  });
}

/**
 * Puts the released segments of the recording together as one MP4, without encoding anything anew, and checks it.
 * @param segments in order; at least one
 * @param folder where segments and init segments stand, and the recording will
 * @param workshop path of the file while it is made, on the same file system
 * @throws when it is not what it should be; the segments are untouched then
 */
export async function makeRecording(
  segments: readonly Segment[],
  folder: string,
  workshop: string,
): Promise<NonNullable<ReleasedState["recording"]>> {
  const stretches = stretchesOf(segments);
  try {
    await remux(stretches, folder, workshop);
    await syncFile(workshop, 0o644);
    await verify(workshop, secondsOf(segments));
    const bytes = (await sizeOf(workshop)) ?? 0;
    await putInPlace(workshop, join(folder, RECORDING));
    return { file: RECORDING, seconds: secondsOf(segments), bytes, offsets: offsetsOf(stretches) };
  } catch (error) {
    // The disk may be full of it.
    await remove(workshop).catch(() => undefined);
    throw error;
  }
}

async function remux(stretches: readonly Stretch[], folder: string, path: string): Promise<void> {
  const output = new FormatContext();
  ok(output.allocOutputContext2(null, "mp4", path), path);
  ok(await output.openOutput(), path);
  const packet = new Packet();
  packet.alloc();
  try {
    let frames = 0;
    let soundUntil = -(2n ** 62n);
    for (const stretch of stretches) {
      await withInput(stretch, folder, async (input) => {
        if (output.nbStreams === 0) await begin(output, input);
        else mustMatch(output, input);
        const copied = await copy(input, output, packet, { frames, soundUntil });
        soundUntil = copied.soundUntil;
        if (copied.startFrame === null) throw new Error(`Segment ${stretch[0].number} holds no picture.`);
      });
      frames += stretch.reduce((sum, segment) => sum + segment.frames, 0);
    }
    ok(await output.writeTrailer(), "trailer");
  } finally {
    packet.free();
    await output.closeOutput();
    output.freeContext();
  }
}

async function begin(output: FormatContext, input: FormatContext): Promise<void> {
  for (const from of input.streams) {
    const stream = output.newStream(null);
    ok(from.codecpar.copy(stream.codecpar), "parameters");
    stream.codecpar.codecTag = 0;
    stream.timeBase = from.timeBase;
  }
  // Index at the front, so that it plays while it loads.
  ok(await output.writeHeader(Dictionary.fromObject({ movflags: "+faststart" })), "header");
}

/** All runs are encoded alike; were they not, one sample description would not fit them all. */
function mustMatch(output: FormatContext, input: FormatContext): void {
  for (const [index, stream] of input.streams.entries()) {
    const [one, other] = [stream.codecpar.extradata, output.streams[index]?.codecpar.extradata];
    if (!one || !other || !one.equals(other)) throw new Error("Encoder runs differ in their parameters.");
  }
}

/**
 * Moves a stretch to where it belongs in the file. Packets of sound are not as long as pictures, so the last one before
 * a seam can reach over it: what the next stretch holds of that time is left out, 21 ms at most.
 * @param to `frames`: where it begins; `soundUntil`: up to where sound is written, in the output's time base
 * @returns its first picture's time in its own clock, frames, and up to where sound is written now
 */
async function copy(
  input: FormatContext,
  output: FormatContext,
  packet: Packet,
  { frames, soundUntil }: { frames: number; soundUntil: bigint },
): Promise<{ startFrame: number | null; soundUntil: bigint }> {
  let soundEnd = soundUntil;
  const frame = new Rational(1, FRAMES_PER_SECOND);
  const picture = input.streams.findIndex((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO);
  const waiting: Packet[] = [];
  let start: number | null = null;
  const write = async (one: Packet): Promise<void> => {
    const from = input.streams[one.streamIndex]!.timeBase;
    const shift = BigInt(Math.round(((frames - start!) * from.den) / from.num / FRAMES_PER_SECOND));
    one.pts += shift;
    one.dts += shift;
    one.rescaleTs(from, output.streams[one.streamIndex]!.timeBase);
    if (one.streamIndex !== picture) {
      if (one.dts < soundEnd) return;
      soundEnd = one.dts + one.duration;
    }
    ok(await output.interleavedWriteFrame(one), "packet");
  };
  for (;;) {
    const result = await input.readFrame(packet);
    if (result === AVERROR_EOF) break;
    ok(result, "read");
    if (start === null && packet.streamIndex === picture) {
      const { num, den } = input.streams[picture]!.timeBase;
      start = Math.round((Number(packet.pts) * num * frame.den) / den);
      for (const early of waiting.splice(0)) {
        await write(early);
        early.free();
      }
    }
    if (start === null) waiting.push(packet.clone()!);
    else await write(packet);
    packet.unref();
  }
  return { startFrame: start, soundUntil: soundEnd };
}

/** Opens init segment and segments as the one file they are pieces of. */
async function withInput(
  stretch: Stretch,
  folder: string,
  work: (input: FormatContext) => Promise<void>,
): Promise<void> {
  const names = [initName(stretch[0].run), ...stretch.map((segment) => mediaName(segment.number))];
  let piece = Buffer.alloc(0);
  const io = new IOContext();
  io.allocContextWithCallbacks(
    64 * 1024,
    0,
    async (size) => {
      while (piece.length === 0) {
        const name = names.shift();
        if (name === undefined) return AVERROR_EOF;
        piece = await readFile(join(folder, name));
      }
      const part = piece.subarray(0, size);
      piece = piece.subarray(part.length);
      return part;
    },
    null,
    null,
  );
  const input = new FormatContext();
  input.allocContext();
  input.pb = io;
  try {
    ok(await input.openInput("", null, null), "open");
    await work(input);
  } finally {
    await input.closeInput();
    io.freeContext();
  }
}

/** Reads the whole file, as a player would to its end. Throws where it is not picture and sound of this length. */
async function verify(path: string, seconds: number): Promise<void> {
  const file = new FormatContext();
  const packet = new Packet();
  packet.alloc();
  ok(await file.openInput(path, null, null), path);
  try {
    ok(await file.findStreamInfo(null), path);
    const kinds = file.streams.map((stream) => stream.codecpar.codecType);
    if (kinds.length !== 2 || !kinds.includes(AVMEDIA_TYPE_VIDEO) || !kinds.includes(AVMEDIA_TYPE_AUDIO))
      throw new Error("The recording lacks picture or sound.");
    const ends = kinds.map(() => 0);
    for (;;) {
      const result = await file.readFrame(packet);
      if (result === AVERROR_EOF) break;
      ok(result, path);
      const picture = kinds[packet.streamIndex] === AVMEDIA_TYPE_VIDEO;
      if (packet.flags & AV_PKT_FLAG_CORRUPT || (picture && !isPicture(packet.data)))
        throw new Error("The recording is damaged.");
      const { num, den } = file.streams[packet.streamIndex]!.timeBase;
      ends[packet.streamIndex] = (Number(packet.pts + packet.duration) * num) / den;
      packet.unref();
    }
    for (const end of ends)
      if (Math.abs(end - seconds) > TOLERANCE)
        throw new Error(`The recording lasts ${end} s in place of ${seconds} s.`);
  } finally {
    packet.free();
    await file.closeInput();
  }
}

/** H.264 as MP4 holds it: each unit after its length in 4 bytes, and nothing else. A hole of zeros is none. */
function isPicture(data: Buffer | null): boolean {
  let at = 0;
  while (data && at + 4 <= data.length) {
    const length = data.readUInt32BE(at);
    if (length === 0) return false;
    at += 4 + length;
  }
  return at > 0 && at === data?.length;
}

/** Whether the recording named in a state is really there, and whole from its first packet to its last. */
export async function recordingThere(folder: string, recording: ReleasedState["recording"]): Promise<boolean> {
  if (!recording) return false;
  const path = join(folder, recording.file);
  if ((await sizeOf(path)) !== recording.bytes) return false;
  return verify(path, recording.seconds).then(
    () => true,
    () => false,
  );
}

/** Those whose media stands in `folder` as it was released. Throws where it cannot be read: that is no loss yet. */
export async function playable(segments: readonly Segment[], folder: string): Promise<Segment[]> {
  const found: Segment[] = [];
  for (const segment of segments)
    if ((await sizeOf(join(folder, mediaName(segment.number)))) === segment.bytes) found.push(segment);
  return found;
}

function ok(result: number, what: string): void {
  FFmpegError.throwIfError(result, what);
}
