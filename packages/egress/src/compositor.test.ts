import assert from "node:assert/strict";
import { test } from "node:test";
import { AudioLine } from "./audioLine.ts";
import { Compositor } from "./compositor.ts";
import { layouts } from "./layouts.ts";
import { type Box, bytesOf, FRAME_MS, HEIGHT, type Picture, SAMPLES_PER_FRAME, WIDTH } from "./picture.ts";
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

const flat = (width: number, height: number, u: number): Picture => ({
  width,
  height,
  data: Buffer.alloc(bytesOf(width, height), 128).fill(u, width * height, width * height + (width * height) / 4),
});
/** U in the middle of a region. */
const seenIn = (picture: Buffer, { x, y, width, height }: Box): number =>
  picture[WIDTH * HEIGHT + Math.floor((y + height / 2) / 2) * (WIDTH / 2) + Math.floor((x + width / 2) / 2)]!;

test("each part of the room stands in its region of the layout, and turns with it", async () => {
  const compositor = new Compositor();
  const order = slateOrder({ at: 0, delayMs: 0 });
  const [camera, screen] = [flat(640, 360, 60), flat(1024, 576, 200)];
  const shows = (picture: Picture | null) => (picture ? { queue: { at: () => picture } } : null);
  const live = (shared: Picture | null) => {
    const anna = { camera: shows(camera), screen: shows(shared), sounds: new Map() };
    return compositor.live(order, { source: { sources: new Map([["anna", anna]]) }, who: "anna" }, 0);
  };
  const { speaker, speakerWithShare } = layouts;
  const alone = await live(null);
  assert.equal(seenIn(alone.picture, speaker.speaker), 60);
  assert.equal((await live(null)).picture, alone.picture);
  const shared = await live(screen);
  assert.equal(seenIn(shared.picture, speakerWithShare.screen), 200);
  assert.equal(seenIn(shared.picture, speakerWithShare.speaker), 60);
  assert.equal(seenIn((await live(null)).picture, speakerWithShare.screen), 60);
});
