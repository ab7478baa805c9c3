import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Sound } from "../engine/medooze.ts";
import { Loudness } from "./loudness.ts";

/** Hears a track every 100 ms, whose packets of 20 ms have these levels (dB below overload), and returns its level. */
function hear(levels: readonly number[]): Loudness {
  const sound: Sound = { loudTime: 0, soundPower: 0 };
  const loudness = new Loudness(0, sound);
  for (const [index, level] of levels.entries()) {
    if (level <= 35) sound.loudTime += 20;
    if (level < 127) sound.soundPower += 20 * 10 ** (-level / 10);
    if (index % 5 === 4) loudness.hear((index + 1) * 20, { ...sound });
  }
  return loudness;
}
const during = (ms: number, level: number): number[] => Array<number>(ms / 20).fill(level);

describe("how loud a track is", () => {
  it("nears the amplitude of a steady tone", () => {
    const { level } = hear(during(4000, 20));
    assert.ok(Math.abs(level - 0.1) < 0.005, `${level}`);
  });

  it("is nothing in silence, in noise, and before there was time to tell", () => {
    assert.equal(hear(during(4000, 127)).level, 0);
    assert.equal(hear(during(4000, 50)).level, 0);
    assert.equal(hear(during(200, 10)).level, 0);
  });

  it("is nothing for a click, and something for words with pauses", () => {
    const click = [...during(380, 127), ...during(20, 5)];
    assert.equal(hear([...click, ...click]).level, 0);
    const word = [...during(260, 20), ...during(140, 127)];
    assert.ok(hear([...word, ...word]).level > 0.03);
  });

  it("is told within a window after somebody begins, and ends within one after they stop", () => {
    assert.ok(hear([...during(400, 127), ...during(400, 20)]).level > 0);
    assert.equal(hear([...during(2000, 20), ...during(400, 127)]).level, 0);
  });

  it("is louder for who is louder", () => {
    assert.ok(hear(during(2000, 10)).level > hear(during(2000, 20)).level);
  });

  it("shows the power of quiet people too, at once", () => {
    assert.ok(hear([...during(400, 127), ...during(100, 45)]).power > 0);
    assert.equal(hear([...during(400, 45), ...during(100, 127)]).power, 0);
  });
});
