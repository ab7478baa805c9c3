import assert from "node:assert/strict";
import { test } from "node:test";
import { inside } from "../inside/texts.ts";
import type { Language } from "./language.ts";
import { translating } from "./testing.ts";
import { waitInWords } from "./wait.ts";

const cases: [Language, [seconds: number, words: string][]][] = [
  [
    "en",
    [
      [1, "1 second"],
      [59, "59 seconds"],
      [60, "1 minute"],
      [61, "2 minutes"],
    ],
  ],
  [
    "nl",
    [
      [1, "1 seconde"],
      [30, "30 seconden"],
      [60, "1 minuut"],
      [120, "2 minuten"],
    ],
  ],
];

for (const [language, waits] of cases)
  test(`how long to wait is said in words in ${language}`, () => {
    const t = translating(inside, language);
    const inWords = (seconds: number) => waitInWords((key, values) => t(key, values), seconds);
    for (const [seconds, said] of waits) assert.equal(inWords(seconds), said);
    const whole = t("error.request.too-many.wait", { wait: inWords(61) });
    assert.match(whole, language === "en" ? /in 2 minutes\./ : /over 2 minuten opnieuw\./);
  });
