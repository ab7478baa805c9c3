import assert from "node:assert/strict";
import { test } from "node:test";
import { lowerThird } from "./drawings.ts";
import { layouts } from "./layouts.ts";
import { raster } from "./raster.ts";

test("whatever stands in a name, a drawing is made and nothing but the name is drawn", async () => {
  for (const name of [
    "</text><rect/>",
    "&bomb;",
    "a\uffffb",
    "a\ufffeb",
    "a\ud800b",
    "a\u0000b",
    "]]>",
    '"><image href="x"/>',
    "🎉",
  ])
    for (const item of [null, { id: "abcdefgh", number: 1, title: name }]) {
      const svg = await lowerThird("nl", { name, role: "member", party: name }, item, layouts.speaker.lowerThird);
      assert.doesNotMatch(svg, /<image|<rect\/>|&bomb/);
      assert.ok((await raster(svg)).width > 0);
    }
});

test("a party of which nothing can be drawn leaves no sign of itself", async () => {
  const third = (party: string | null): Promise<string> =>
    lowerThird("nl", { name: "Jan", role: "member", party }, null, layouts.speaker.lowerThird);
  assert.equal(await third("🌱"), await third(null));
  assert.notEqual(await third("D66"), await third(null));
});
