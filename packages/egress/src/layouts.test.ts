import assert from "node:assert/strict";
import { test } from "node:test";
import { lowerThird } from "./drawings.ts";
import { type Layout, layoutOf, layouts, PARTS, slateLayout } from "./layouts.ts";
import { type Box, HEIGHT, WIDTH } from "./picture.ts";

const all: [string, Layout][] = Object.entries(layouts);
const boxes: [string, Box][] = [
  ...all.flatMap(([name, layout]) =>
    Object.entries(layout).map(([part, box]): [string, Box] => [`${name}.${part}`, box]),
  ),
  ...Object.entries(slateLayout).map(([part, box]): [string, Box] => [`slate.${part}`, box]),
];

const overlap = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;
const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const PICTURE: Box = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

test("every region lies in the picture, on even numbers, and is large enough to see something", () => {
  for (const [name, box] of boxes) {
    assert.ok(inside(box, PICTURE), name);
    for (const [side, value] of Object.entries(box)) assert.equal(value % 2, 0, `${name}.${side}`);
    assert.ok(box.width >= 48 && box.height >= 48, name);
  }
});

test("what a layout shows stands side by side, and name and item cover no small picture", () => {
  for (const [name, layout] of all) {
    const shown = PARTS.flatMap((part) => layout[part] ?? []);
    assert.ok(shown.length > 0, name);
    for (const [index, box] of shown.entries()) {
      for (const other of shown.slice(index + 1)) assert.ok(!overlap(box, other), name);
      if (box.height < HEIGHT / 2) assert.ok(!overlap(box, layout.lowerThird), name);
    }
  }
});

test("on a slate nothing covers anything but the title its panel", () => {
  const { panel, title, ...others } = slateLayout;
  assert.ok(inside(title, panel));
  const apart: Box[] = [panel, ...Object.values(others)];
  for (const [index, box] of apart.entries())
    for (const other of apart.slice(index + 1)) assert.ok(!overlap(box, other));
});

test("a shared screen has a layout with a place for it, and without one all is the speaker's", () => {
  assert.ok(layoutOf({ screen: true }).screen);
  assert.deepEqual(layoutOf({ screen: false }), layouts.speaker);
  assert.equal(layoutOf({ screen: false }).screen, undefined);
});

test("name, role, party and item stay in their region, however long and however deep their letters hang", async () => {
  const long = "Ngjy Ếཏྲྀ ".repeat(60);
  const person = { name: long, role: "member" as const, party: long };
  for (const [name, layout] of all) {
    const drawn = await lowerThird("nl", person, { id: "item", number: 99, title: long }, layout.lowerThird);
    const [width, height] = ["width", "height"].map((side) => Number(new RegExp(`${side}="(\\d+)"`).exec(drawn)?.[1]));
    assert.ok(
      width! <= layout.lowerThird.width && height! <= layout.lowerThird.height,
      `${name}: ${width} x ${height}`,
    );
    assert.ok(width! > layout.lowerThird.width / 2, "it was not long");
  }
});
