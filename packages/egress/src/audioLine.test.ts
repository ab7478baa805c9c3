import assert from "node:assert/strict";
import { test } from "node:test";
import { AudioLine } from "./audioLine.ts";
import { loudness, mix, soften } from "./mixer.ts";

const BLOCK_MS = 20;
const BLOCK = BLOCK_MS * 48;
/** How long after its first sample a block is handed over, if nothing holds it up: its last 10 ms are due then. */
const HANDED_OVER = BLOCK_MS - 10;

/** Sample values count up from 1, one a millisecond, so that each tells where it belongs. */
const ramp = (block: number): Int16Array =>
  Int16Array.from({ length: BLOCK }, (_, index) => block * BLOCK_MS + Math.floor(index / 48) + 1);

const heardAt = (line: AudioLine, at: number): number => Math.round(mix([line], at, 48)[0]! * 32768);

test("blocks follow each other without a seam, however unevenly they arrive", () => {
  const line = new AudioLine();
  const late = [0, 13, 2, 9, 0, 38, 19, 1, 0, 4];
  for (const [block, delay] of late.entries()) line.push(ramp(block), block * BLOCK_MS + HANDED_OVER + delay);
  const heard = mix([line], 0, BLOCK * late.length);
  for (let ms = 0; ms < late.length * BLOCK_MS; ms++) assert.equal(Math.round(heard[ms * 48]! * 32768), ms + 1);
});

test("a pause stays a pause: what comes after it is not moved up", () => {
  const line = new AudioLine();
  line.push(ramp(0), HANDED_OVER);
  line.push(ramp(50), 50 * BLOCK_MS + HANDED_OVER);
  assert.equal(heardAt(line, 500), 0);
  assert.equal(heardAt(line, 1000), 1001);
});

test("a line that was begun late is put right within some seconds", () => {
  const line = new AudioLine();
  for (let block = 0; block < 400; block++)
    line.push(ramp(block), block * BLOCK_MS + HANDED_OVER + (block === 0 ? 100 : 0));
  assert.ok(Math.abs(heardAt(line, 7000) - 7001) <= 15);
});

test("a sender whose sound comes later and later is followed", () => {
  const line = new AudioLine();
  for (let block = 0; block < 400; block++)
    line.push(ramp(block), block * BLOCK_MS + HANDED_OVER + (block > 100 ? 60 : 0));
  assert.ok(Math.abs(heardAt(line, 7000) - (7001 - 60)) <= 15);
});

test("all microphones are heard together, and loud ones do not clip", () => {
  const lines = [1, 2].map(() => {
    const line = new AudioLine();
    line.push(new Int16Array(BLOCK).fill(8192), HANDED_OVER);
    return line;
  });
  assert.equal(mix(lines, 0, 1)[0], 0.5);
  for (const value of [-3, -0.9, 0.81, 1, 2]) assert.ok(Math.abs(soften(value)) < 1 && soften(value) * value > 0);
  assert.equal(soften(-0.5), -0.5);
});

test("loudness is told in dB of full scale", () => {
  assert.equal(loudness(new Int16Array(480)), -100);
  assert.ok(Math.abs(loudness(new Int16Array(480).fill(3277)) + 20) < 0.1);
});

test("of a programme that is five seconds behind, a second of hold-back besides, the sound is still there", () => {
  const line = new AudioLine();
  const blocks = 8000 / BLOCK_MS;
  for (let block = 0; block < blocks; block++) line.push(ramp(block), block * BLOCK_MS + HANDED_OVER);
  assert.equal(heardAt(line, 8000 - 6000), 2001);
});
