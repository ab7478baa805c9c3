import assert from "node:assert/strict";
import { test } from "node:test";
import { isCommonPassword } from "./commonPasswords.ts";

const about = ["Gemeente Proefdorp", "Kim de Griffier", "kim@proefdorp.example"];

for (const [what, passwords] of Object.entries({
  "leaked or common": ["passwordpassword", "iloveyou1234", "wachtwoord123", "geheim123456", "welkomwelkom"],
  "common with padding": ["Wachtwoord2026!", "welkom2026!!", "Welkom20262026", "Amsterdam2026!", "zomer2026zomer"],
  "common with signs for letters": ["P@ssw0rd1234", "W@chtw00rd12"],
  "a row or a repetition": ["123456789012", "qwertyuiop123", "aaaaaaaaaaaa", "abcabcabcabc", "a".repeat(200)],
  "the body's, the clerk's or the house's name": [
    "Gemeente Proefdorp",
    "proefdorp2026",
    "KIM DE GRIFFIER",
    "kim@proefdorp.example",
    "gemeenteraad2026",
    "Raadhuis-2026",
    "Kim+griffie+2026",
    "Zomer2026Proefdorp!",
    "Raadzaal-2026-Proefdorp",
    "clerk_of_the_council_2026",
  ],
  "known, or common, under what people put around and between": [
    "correct horse battery staple",
    "correcthorsebatterystaple",
    "CorrectHorseBatteryStaple2026!",
    "ikhouvanjou12345",
    "w e l k o m 1 2 3",
    "w\u200be\u200bl\u200bk\u200bo\u200bm\u200b123",
    "Oranje-Boven-2026",
    "troubadur28112026",
  ],
}))
  test(`a password that is ${what} is refused`, async () => {
    for (const password of passwords) assert.ok(await isCommonPassword(password, about), password);
  });

test("a few words in a row, or letters by chance, are good", async () => {
  for (const password of [
    "fiets paard stoel maan",
    "een lang genoeg wachtwoord",
    "kaas boter eieren brood",
    "de kat zit op het dak",
    "fiets-paard-stoel-maan-2026",
    "Gemeente Proefdorp: fiets paard stoel maan",
    "fietspaardstoelmaan",
    "x7Kq-2mPz!4vT",
    "x7!K$q@2-m#P%z",
    "xkqjzvbpmwry",
  ])
    assert.ok(!(await isCommonPassword(password, about)), password);
});

test("the longest password does not hold the house up", async () => {
  await isCommonPassword("to load the lists", []);
  const began = process.cpuUsage();
  await isCommonPassword("aB1!0O1lI5S$@a4".repeat(14).slice(0, 200), about);
  const { user, system } = process.cpuUsage(began);
  assert.ok(user + system < 2_000_000, `${user + system} µs of the processor`);
});
