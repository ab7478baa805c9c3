import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { EncoderRun, type Fragment } from "./encoder.ts";
import { bytesOf, FRAMES_PER_SECOND, HEIGHT, SAMPLES_PER_FRAME, WIDTH } from "./picture.ts";
import { coloursOf, flashesIn, soundOf, toneIn } from "./testing/measure.ts";

/** Ticks at `tfdt` of the first track, which is the picture, or of the second (ISO/IEC 14496-12). */
function ticksOf({ data }: Fragment, track: 0 | 1): number {
  const first = data.indexOf("tfdt");
  const at = track === 0 ? first : data.indexOf("tfdt", first + 4);
  const version = data.readUInt8(at + 4);
  return version === 1 ? Number(data.readBigUInt64BE(at + 8)) : data.readUInt32BE(at + 8);
}

/** Where the first picture of a fragment stands, in its run's frames. */
const startOf = (fragment: Fragment): number => ticksOf(fragment, 0) / TICKS_PER_FRAME;

/** The muxer counts a picture of 1/25 s as 512. */
const TICKS_PER_FRAME = 512;

const flat = (luma: number): Buffer => Buffer.alloc(bytesOf(WIDTH, HEIGHT), 128).fill(luma, 0, WIDTH * HEIGHT);

for (const [what, pictures] of [
  ["still", [flat(60)]],
  ["moving", [flat(60), flat(61)]],
] as const)
  test(`frames left out around a seam do not move it: every segment begins where the one before ends (${what})`, async () => {
    const leftOut = new Set([49, 100, 101, 149]);
    const run = await EncoderRun.open();
    const fragments: Fragment[] = [];
    let given = -1;
    for (let frame = 0; frame < 200; frame++) {
      if (leftOut.has(frame)) continue;
      const picture = pictures[frame % pictures.length]!;
      fragments.push(...(await run.encode(frame, picture, new Float32Array(SAMPLES_PER_FRAME * (frame - given)))));
      given = frame;
    }
    fragments.push(...(await run.finish()));
    assert.deepEqual(
      fragments.map(({ firstFrame, frames }) => [firstFrame, frames]),
      [
        [0, 50],
        [50, 50],
        [100, 50],
        [150, 50],
      ],
    );
    assert.deepEqual(fragments.map(startOf), [0, 50, 100, 150]);
  });

test("a picture that stood still turns at its frame, and the sound goes on through every seam and none comes after its time", async () => {
  const [dark, light] = [flat(40), flat(220)];
  const turns = [170, 215, 399];
  const run = await EncoderRun.open();
  const fragments: Fragment[] = [];
  for (let frame = 0; frame < 450; frame++) {
    const sound = Float32Array.from(
      { length: SAMPLES_PER_FRAME },
      (_, sample) => 0.4 * Math.sin(((frame * SAMPLES_PER_FRAME + sample) * 2 * Math.PI * 440) / 48_000),
    );
    fragments.push(
      ...(await run.encode(frame, turns.some((at) => frame >= at && frame < at + 3) ? light : dark, sound)),
    );
  }
  fragments.push(...(await run.finish()));
  for (const fragment of fragments) assert.ok(ticksOf(fragment, 1) >= fragment.firstFrame * SAMPLES_PER_FRAME);
  const folder = await mkdtemp(join(tmpdir(), "encoder-"));
  try {
    const file = join(folder, "run.mp4");
    await writeFile(file, Buffer.concat([run.init, ...fragments.map(({ data }) => data)]));
    assert.deepEqual(
      flashesIn(await coloursOf(file)),
      turns.map((at) => at / FRAMES_PER_SECOND),
    );
    const sound = await soundOf(file);
    for (let at = 0.2; at < 17; at += 0.02) assert.ok(toneIn(sound, 440, at, 0.02) > 0.2, `${at} s`);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("where pictures are rare none is kept back: a segment is there with the first picture after it", async () => {
  const picture = Buffer.alloc(bytesOf(WIDTH, HEIGHT), 128);
  const sound = (frames: number) => new Float32Array(SAMPLES_PER_FRAME * frames);
  const run = await EncoderRun.open();
  const encode = (frame: number, rare: boolean, frames: number) => run.encode(frame, picture, sound(frames), rare);
  const seams = (fragments: Fragment[]) => fragments.map(({ firstFrame, frames }) => [firstFrame, frames]);
  // As many as are looked ahead, then two a segment, then many again.
  for (let frame = 0; frame < 25; frame++) assert.deepEqual(await encode(frame, false, 1), []);
  assert.deepEqual(seams(await encode(25, true, 25)), []);
  assert.deepEqual(seams(await encode(50, true, 25)), [[0, 50]]);
  assert.deepEqual(seams(await encode(75, true, 25)), []);
  const later: Fragment[] = [];
  for (let frame = 100; frame < 150; frame++) later.push(...(await encode(frame, false, 1)));
  later.push(...(await run.finish()));
  assert.deepEqual(seams(later), [
    [50, 50],
    [100, 50],
  ]);
  assert.deepEqual(later.map(startOf), [50, 100]);
});
