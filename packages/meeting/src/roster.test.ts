import assert from "node:assert/strict";
import { test } from "node:test";
import { BodyName, firstTwins, nameIsTaken, nameKey, PartyName, PersonName, SlateText, Title } from "./index.ts";

test("case, width, spacing and what is not drawn make no other name", () => {
  for (const same of ["JAN DE VRIES", "Jan  de\u00a0Vries", "Ｊan de Vries", "J\u00adan de\u2060 Vries"])
    assert.equal(nameKey(same), nameKey("Jan de Vries"), same);
  assert.equal(nameKey("STRASSE"), nameKey("Straße"));
  assert.equal(nameKey("Zoe\u0308"), nameKey("Zoë"));
});

test("what shows nothing makes no other name either, and what shows as a gap is one", () => {
  for (const same of ["Jan\u2800de Vries", "\u3164Jan de Vries", "Jan de Vries\u2800", "Jan de Vri\u{e0041}es\ufe0f"])
    assert.equal(nameKey(same), nameKey("Jan de Vries"), same);
});

test("a name of nothing that can be seen is none", () => {
  const nothing = [
    ..."\u2800\u115f\u1160\u3164\uffa0\u200b\u200d\u2060\ufeff\u034f\u00ad\u180e\ufe0f\u{e0041}\u{e0100}\u{1d159}\u{13441}\u{16fe4}",
  ];
  for (const character of nothing)
    for (const name of [character, character.repeat(20), ` ${character}\u00a0${character}`, `\u0301${character}`])
      for (const words of [PersonName, PartyName, Title, BodyName, SlateText])
        assert.ok(!words.safeParse(name).success, JSON.stringify(name));
});

test("names of every script are names", () => {
  for (const name of ["J", "Zoë", "Ægir Ø.", "王小明", "محمد", "חנה", "김민준", "नेहा", "สมชาย", "1", "?", "👋"])
    assert.ok(PersonName.safeParse(name).success, name);
});

test("what breaks lines, turns directions, is no character or towers above its line is in no name", () => {
  const refused = [
    ..."\u0085\u2028\u2029\u061c\u200e\u200f\u202e\u2066\u206a\u206f\ufff9\ufffa\ufffb\ufffc\ufdd0\uffff\u{1fffe}\u{10ffff}",
  ];
  for (const character of [...refused, "\u0301".repeat(5), `${"\u0301".repeat(4)}\u200d\u0323`])
    for (const words of [PersonName, PartyName, Title, BodyName, SlateText])
      assert.ok(!words.safeParse(`Anna${character}Bos`).success, JSON.stringify(character));
});

test("marks that a script needs are in names, composed or not", () => {
  for (const name of [
    "Nguyễn Thị Hồng Ngọc",
    "Zoë",
    "שָׁלוֹם בֶּן־דָּוִד",
    "מֹשֶׁ֜ה",
    "ที่รัก",
    "น้ำฝน",
    "श्रीकृष्ण",
    "लक्ष्म्याः",
    "བསྒྲུབས",
    "မြန်မာ",
    "مُحَمَّدٌ",
  ])
    for (const form of ["NFC", "NFD"]) assert.ok(PersonName.safeParse(name.normalize(form)).success, name);
  assert.ok(PersonName.safeParse("نام\u200cخانوادگی").success, "what Persian is written with");
});

test("the keys of names are made once for each, however long they become and however many there are", (t) => {
  const normalize = t.mock.method(String.prototype, "normalize");
  const seats: { name: string }[] = [];
  for (let i = 0; i < 180; i++) {
    // Eighteen characters each, once they are made comparable.
    const name = `${"\ufdfa".repeat(90)}${i}`;
    assert.equal(nameIsTaken(seats, name), false);
    seats.push({ name });
  }
  assert.ok(normalize.mock.callCount() <= 4 * seats.length, `${normalize.mock.callCount()} times`);
});

test("accents and other letters make another name", () => {
  assert.notEqual(nameKey("Zoe"), nameKey("Zoë"));
  assert.notEqual(nameKey("Jan de Vries"), nameKey("Jan de Fries"));
});

test("an erased name is in nobody's way", () => {
  assert.equal(nameIsTaken([{ name: null }], "Jan de Vries"), false);
});

test("of two with one name both are told", () => {
  assert.deepEqual(firstTwins(["Anna", "Bram", "ANNA ", "Bram"]), { index: 2, other: 0 });
  assert.equal(firstTwins(["Anna", "Bram"]), null);
});
