import assert from "node:assert/strict";
import { test } from "node:test";
import { ActiveSpeaker, SHOT_MS } from "./speaker.ts";

/** Lets people speak in blocks of 20 ms and looks after each. @returns whom the picture shows over time */
function listen(speaker: ActiveSpeaker, from: number, to: number, voices: Record<string, number>): (string | null)[] {
  const shown: (string | null)[] = [];
  for (let at = from; at < to; at += 20) {
    for (const [who, level] of Object.entries(voices)) speaker.hear(who, level, at);
    shown.push(speaker.at(at));
  }
  return shown;
}

test("who speaks is shown, after long enough to be no cough", () => {
  const speaker = new ActiveSpeaker();
  const shown = listen(speaker, 0, 1000, { alice: -20, bob: -70 });
  assert.equal(shown[5], null);
  assert.equal(shown.at(-1), "alice");
});

test("through silence the last speaker stays", () => {
  const speaker = new ActiveSpeaker();
  listen(speaker, 0, 1000, { alice: -20 });
  assert.equal(listen(speaker, 1000, 60_000, { alice: -80 }).at(-1), "alice");
});

test("two who interrupt each other do not make the picture change more often than every 2 s", () => {
  const speaker = new ActiveSpeaker();
  const changes: number[] = [];
  let before: string | null = null;
  for (let at = 0; at < 30_000; at += 900) {
    const voices = (at / 900) % 2 === 0 ? { alice: -20, bob: -60 } : { alice: -60, bob: -20 };
    for (const [index, who] of listen(speaker, at, at + 900, voices).entries()) {
      if (who !== before) changes.push(at + index * 20);
      before = who;
    }
  }
  assert.ok(changes.length > 2);
  for (const [index, at] of changes.entries())
    if (index > 0) assert.ok(at - changes[index - 1]! >= SHOT_MS, `${changes[index - 1]} ${at}`);
});

test("a noisy room does not keep the picture from a voice", () => {
  const speaker = new ActiveSpeaker();
  listen(speaker, 0, 5000, { noise: -42 });
  assert.equal(listen(speaker, 5000, 8000, { noise: -42, alice: -20 }).at(-1), "alice");
});

test("who leaves is not shown any more", () => {
  const speaker = new ActiveSpeaker();
  listen(speaker, 0, 1000, { alice: -20 });
  speaker.leave("alice");
  assert.equal(speaker.at(1000), null);
});
