import assert from "node:assert/strict";
import { test } from "node:test";
import { EncoderRun, type Fragment } from "./encoder.ts";
import { bytesOf, HEIGHT, SAMPLES_PER_FRAME, WIDTH } from "./picture.ts";

/** Where the first picture of a fragment stands, in its run's frames: `tfdt` of the first track (ISO/IEC 14496-12). */
function startOf({ data }: Fragment): number {
  const at = data.indexOf("tfdt");
  const version = data.readUInt8(at + 4);
  const ticks = version === 1 ? Number(data.readBigUInt64BE(at + 8)) : data.readUInt32BE(at + 8);
  return ticks / TICKS_PER_FRAME;
}

/** The muxer counts a picture of 1/25 s as 512. */
const TICKS_PER_FRAME = 512;

test("frames left out around a seam do not move it: every segment begins where the one before ends", async () => {
  const picture = Buffer.alloc(bytesOf(WIDTH, HEIGHT), 128);
  const leftOut = new Set([49, 100, 101, 149]);
  const run = await EncoderRun.open();
  const fragments: Fragment[] = [];
  let given = -1;
  for (let frame = 0; frame < 200; frame++) {
    if (leftOut.has(frame)) continue;
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
