import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, FRAMES_PER_SEGMENT, HEIGHT, WIDTH } from "./picture.ts";
import { moving, openEncoder, PictureEncoder, still } from "./pictureEncoder.ts";

const flat = (luma: number): Buffer => Buffer.alloc(bytesOf(WIDTH, HEIGHT), 128).fill(luma, 0, WIDTH * HEIGHT);
/** A picture with enough in it to be worth encoding. */
const busy = (seed: number): Buffer => {
  const picture = flat(128);
  for (let at = 0; at < WIDTH * HEIGHT; at++) picture[at] = 16 + ((at * 7 + seed * (at >> 8)) % 200);
  return picture;
};

/** Frame numbers of what comes out, key frames with a "k". */
async function encoded(encoder: PictureEncoder, from: number, to: number, look: (frame: number) => Buffer) {
  const frames: string[] = [];
  for (let frame = from; frame < to; frame++)
    for (const packet of await encoder.encode(frame, look(frame), frame % FRAMES_PER_SEGMENT === 0)) {
      frames.push(`${packet.pts}${packet.isKeyframe ? "k" : ""}`);
      packet.free();
    }
  return frames;
}

test("a picture that stands still is encoded once a second from the next segment on, each segment from a key frame", async () => {
  const encoder = await PictureEncoder.open();
  const picture = busy(3);
  const first = await encoded(encoder, 0, 51, () => picture);
  assert.equal(first.length, 51);
  assert.deepEqual([first[0], first.at(-2), first.at(-1)], ["0k", "49", "50k"]);
  assert.deepEqual(await encoded(encoder, 51, 200, () => picture), ["75", "100k", "125", "150k", "175"]);
  encoder.close();
});

test("a still picture that changes does so at its frame, wherever that is, and stands again after a whole segment", async () => {
  const encoder = await PictureEncoder.open();
  const [before, after] = [busy(3), busy(5)];
  await encoded(encoder, 0, 110, () => before);
  const frames = [
    ...(await encoded(encoder, 110, 151, () => after)),
    ...(await encoded(encoder, 151, 250, () => after)),
    ...(await encoder.finish()).map((packet) => `${packet.pts}`),
  ];
  assert.equal(frames[0], "110k");
  const whole = Array.from({ length: 89 }, (_, index) => `${111 + index}${index === 39 ? "k" : ""}`);
  assert.deepEqual(frames.slice(1), [...whole, "200k", "225"]);
  encoder.close();
});

test("a picture of which the smallest part moves is encoded frame by frame", async () => {
  const encoder = await PictureEncoder.open();
  const picture = flat(60);
  const frames = await encoded(encoder, 0, 120, (frame) => {
    picture[640] = 60 + (frame % 2);
    return picture.subarray();
  });
  frames.push(...(await encoder.finish()).map((packet) => `${packet.pts}`));
  assert.equal(frames.length, 120);
  encoder.close();
});

test("where pictures become rare within a segment the first of them is a key frame, also after a picture that stood still", async () => {
  const encoder = await PictureEncoder.open();
  const stood = busy(3);
  await encoded(encoder, 0, 110, () => stood);
  await encoded(encoder, 110, 130, busy);
  const packets = await encoder.encode(130, busy(130), false, true);
  const [last] = packets.slice(-1);
  assert.deepEqual([last?.pts, last?.isKeyframe], [130n, true]);
  for (const packet of packets) packet.free();
  encoder.close();
});

test("a still picture takes a small part of the work that a moving one takes", async () => {
  const encoder = await PictureEncoder.open();
  const pictures = [busy(3), busy(5)] as const;
  const work = async (from: number, look: (frame: number) => Buffer): Promise<number> => {
    const before = process.cpuUsage();
    await encoded(encoder, from, from + 49, look);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  const moved = await work(0, (frame) => pictures[frame % 2 === 0 ? 0 : 1]);
  await encoded(encoder, 49, 151, () => pictures[0]);
  const stood = await work(151, () => pictures[0]);
  assert.ok(stood < moved / 5, `${stood} of ${moved} µs`);
  encoder.close();
});

test("still and moving pictures are described by the same parameter sets, but for the word that frames come regularly", async () => {
  const [one, other] = await Promise.all([moving, still].map((manner) => openEncoder(manner)));
  const [ours, theirs] = [one!, other!].map((context) => Buffer.from(context.extraData ?? []));
  const different = [...ours!].flatMap((byte, index) => (byte === theirs![index] ? [] : [byte ^ theirs![index]!]));
  assert.ok(ours!.length > 20);
  assert.equal(ours!.length, theirs!.length);
  // `fixed_frame_rate_flag` (H.264, E.2.1), which no decoder needs.
  assert.ok(different.length <= 1 && different.every((bits) => (bits & (bits - 1)) === 0), `${different}`);
  for (const context of [one!, other!]) context.freeContext();
});
