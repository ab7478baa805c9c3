import assert from "node:assert/strict";
import { test } from "node:test";
import { AudioLine } from "./audioLine.ts";
import { Compositor } from "./compositor.ts";
import { FRAME_MS, SAMPLES_PER_FRAME } from "./picture.ts";
import { slateOrder } from "./testing/house.ts";

test("a slate that stands still is drawn once and handed on as the same picture; another one is another picture", async () => {
  const compositor = new Compositor();
  const order = slateOrder({ at: 0, delayMs: 0 });
  const [first, again] = [
    await compositor.slate(order, "suspended", "Een"),
    await compositor.slate(order, "suspended", "Een"),
  ];
  assert.equal(again.picture, first.picture);
  const before = Buffer.from(first.picture);
  const other = await compositor.slate(order, "suspended", "Twee");
  assert.notEqual(other.picture, first.picture);
  assert.ok(!other.picture.equals(before));
  const back = await compositor.slate(order, "suspended", "Een");
  assert.notEqual(back.picture, other.picture);
  assert.ok(back.picture.equals(before));
});

test("sound alone is everybody's, beside a slate of its own; who has gone and is heard out is forgotten", async () => {
  const compositor = new Compositor();
  const anna = { name: "Anna", role: "member", party: null } as const;
  const order = slateOrder({ at: 0, delayMs: 0, people: { anna } });
  const line = new AudioLine();
  line.push(new Int16Array(SAMPLES_PER_FRAME).fill(8192), FRAME_MS);
  line.ended = true;
  const sounds = new Map([["voice", line]]);
  const room = { sources: new Map([["anna", { camera: null, screen: null, sounds }]]) };
  const { picture, sound, scene } = await compositor.soundAlone(order, { source: room, who: "anna" }, 0, 2);
  assert.equal(sound.length, 2 * SAMPLES_PER_FRAME);
  assert.ok(sound.includes(0.25));
  assert.equal(scene.scene, "live");
  assert.deepEqual(scene.speaker, anna);
  assert.equal(sounds.size, 1);
  const later = await compositor.soundAlone(order, { source: room, who: null }, 10 * FRAME_MS, 2);
  assert.ok(later.sound.every((sample) => sample === 0));
  assert.equal(sounds.size, 0);
  assert.equal(later.scene.speaker, null);
  assert.equal(later.picture, picture);
  const drawn = Buffer.from(picture);
  assert.ok(!(await compositor.slate(order, "interrupted", null)).picture.equals(drawn));
});
