import assert from "node:assert/strict";
import { test } from "node:test";
import { readLettersFor } from "./faces.ts";
import { widthOf } from "./line.ts";
import { wrap } from "./wrap.ts";

const bare = (lines: string[]): string[] => lines.map((line) => line.replace(/\p{Default_Ignorable_Code_Point}/gu, ""));

test("a text of three hundred single letters is laid out at once", async () => {
  // None of them known from before: each word differs.
  const text = Array.from({ length: 300 }, (_, index) => String.fromCodePoint(0x100 + index)).join(" ");
  await readLettersFor([text]);
  const before = process.cpuUsage();
  const lines = wrap(text, 30, 400, 1088, 3);
  const { user, system } = process.cpuUsage(before);
  assert.equal(lines.length, 3);
  assert.match(lines[2]!, /…$/);
  assert.ok(user + system < 1_000_000, `${user + system} µs of the processor`);
});

test("no line is wider than its room, and what is left over ends in an ellipsis", async () => {
  const text = "De uitzending gaat verder zodra de deuren opengaan, en dat kan nog wel even duren. ".repeat(4);
  await readLettersFor([text]);
  const lines = wrap(text, 30, 400, 500, 3);
  assert.equal(lines.length, 3);
  for (const line of lines) assert.ok(widthOf(line, 30, 400) <= 500, line);
  assert.match(lines[2]!, /\S…$/);
  assert.equal(wrap("kort", 30, 400, 500, 3).join(), "kort");
});

test("Chinese and Thai, which have no spaces, are broken between words, and no line begins with a full stop", async () => {
  for (const text of ["会议将在十五分钟后继续进行。请各位代表准时回到会场。", "การประชุมจะดำเนินต่อไปในอีกสิบห้านาที"]) {
    await readLettersFor([text]);
    for (let width = 200; width < 300; width += 5) {
      const lines = wrap(text, 30, 400, width, 9);
      assert.ok(lines.length > 1);
      assert.equal(lines.join("").replaceAll("…", ""), text);
      for (const line of lines) assert.doesNotMatch(line, /^[。，、]/);
    }
  }
});

test("a picture that is left out leaves one space between its neighbours, and what is around it in place", async () => {
  const text = "3. 🎉 \u2068预算\u2069 en 🌱 meer 🎈";
  await readLettersFor([text]);
  const [line] = wrap(text, 30, 400, 900, 1);
  assert.equal(bare([line!])[0]!.replace(/\p{Emoji_Presentation}/gu, ""), "3. 预算 en meer");
});

test("a text is cut between signs as people see them", async () => {
  const text = "क्षत्रियक्षत्रियक्षत्रिय";
  await readLettersFor([text]);
  for (let width = 50; width < 200; width += 5) {
    const [line] = wrap(text, 30, 400, width, 1);
    assert.ok(text.startsWith(line!.slice(0, -1)));
    assert.doesNotMatch(text.slice(line!.length - 1), /^\p{M}/u);
  }
});
