import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameQueue } from "./frameQueue.ts";
import { bytesOf } from "./picture.ts";

/** Frames that count how many of them are held, and how many were ever looked at. */
function camera(width = 1280, height = 720) {
  const seen = { held: 0, most: 0, copied: 0 };
  const shoot = (number: number) => {
    seen.most = Math.max(seen.most, ++seen.held);
    return {
      number,
      bytes: bytesOf(width, height),
      get picture() {
        seen.copied++;
        return { width, height, data: Buffer.from([number]) };
      },
      release: () => {
        seen.held--;
      },
    };
  };
  return { seen, shoot };
}

test("it shows the newest frame of that time, and lets go of all before it", () => {
  const { seen, shoot } = camera();
  const queue = new FrameQueue();
  for (let frame = 0; frame < 30; frame++) queue.push(shoot(frame), frame * 33);
  assert.equal(queue.hasAt(-1), false);
  assert.equal(queue.at(-1), undefined);
  assert.equal(queue.at(500)?.data[0], 15);
  assert.equal(seen.held, 15);
  assert.equal(seen.copied, 1, "only what is shown is copied");
  queue.clear();
  assert.equal(seen.held, 0);
  assert.equal(queue.at(1000), undefined);
});

test("however many come while nobody looks, few are held, evenly over their time, the newest among them", () => {
  const { seen, shoot } = camera();
  const queue = new FrameQueue();
  for (let frame = 0; frame < 10_000; frame++) queue.push(shoot(frame % 256), frame * 33);
  assert.ok(seen.most <= 41, `${seen.most} were held at once`);
  assert.equal(queue.at(Number.POSITIVE_INFINITY)?.data[0], 9_999 % 256);
});

test("of large pictures fewer are held: bytes count", () => {
  const { seen, shoot } = camera(3840, 2160);
  const queue = new FrameQueue();
  for (let frame = 0; frame < 100; frame++) queue.push(shoot(frame), frame * 33);
  assert.ok(seen.most * bytesOf(3840, 2160) < 64 * 1024 * 1024, `${seen.most} were held at once`);
});

test("where a camera went off there is no picture, and that is not thinned out", () => {
  const { shoot } = camera();
  const queue = new FrameQueue();
  queue.push(shoot(1), 0);
  queue.push(null, 33);
  for (let frame = 2; frame < 100; frame++) queue.push(shoot(frame), frame * 100);
  assert.equal(queue.at(50), null);
});

test("a camera that goes off again and again while nobody looks leaves no heap of marks before its picture is back", () => {
  const { seen, shoot } = camera();
  const queue = new FrameQueue();
  for (let off = 0; off < 100; off++) queue.push(null, off);
  for (let frame = 0; frame < 40; frame++) queue.push(shoot(frame), 100 + frame);
  assert.ok(seen.held > 20, `${seen.held} of 40 are held`);
  assert.equal(queue.at(50), null);
  assert.equal(queue.at(200)?.data[0], 39);
});

test("a frame that is too old is not shown", () => {
  const { shoot } = camera();
  const queue = new FrameQueue();
  queue.push(shoot(1), 0);
  assert.equal(queue.at(6000, 5000), null);
});
