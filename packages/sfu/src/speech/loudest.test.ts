import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { defaultLoudest, Loudest } from "./loudest.ts";

const beat = 100;
const speech = 0.01;
const name = (index: number) => `m${index}`;

/** A hall in which at each beat those who are named speak with a power; the rest are silent. */
class Hall {
  readonly loudest = new Loudest();
  readonly size: number;
  at = 0;
  constructor(size: number) {
    this.size = size;
  }
  speak(ms: number, powers: Record<number, number>): ReadonlySet<string> {
    let forwarded: ReadonlySet<string> = new Set();
    for (const end = this.at + ms; this.at < end; this.at += beat) {
      const microphones = Array.from({ length: this.size }, (_, index) => ({
        id: name(index),
        person: `p${index}`,
        power: powers[index] ?? 0,
      }));
      forwarded = this.loudest.look(this.at, beat, microphones);
    }
    return forwarded;
  }
}

describe("which of many open microphones are forwarded", () => {
  it("is all of them in a council", () => {
    const hall = new Hall(defaultLoudest.all);
    assert.equal(hall.speak(beat, {}).size, defaultLoudest.all);
  });

  it("is as many as there are places in a hall, whether anybody speaks or not", () => {
    const hall = new Hall(60);
    assert.equal(hall.speak(beat, {}).size, defaultLoudest.loudest);
    assert.equal(hall.speak(1000, { 3: speech, 44: speech }).size, defaultLoudest.loudest);
  });

  it("has whoever begins to speak at the first beat they are heard, however quietly", () => {
    const hall = new Hall(60);
    hall.speak(3000, { 1: speech });
    assert.ok(hall.speak(beat, { 1: speech, 59: 1e-5 }).has(name(59)));
    assert.ok(hall.speak(beat, { 1: speech, 59: 1e-5 }).has(name(1)));
  });

  it("has one of a person's, the first, however many they open and however loud they are in them", () => {
    const loudest = new Loudest();
    const hall = Array.from({ length: 13 }, (_, index) => ({ id: name(index), person: `p${index}`, power: speech }));
    const many = Array.from({ length: 20 }, (_, index) => ({ id: `many ${index}`, person: "many", power: 1 }));
    const forwarded = loudest.look(0, beat, [...hall, ...many]);
    assert.equal(forwarded.size, defaultLoudest.loudest);
    assert.deepEqual(
      [...forwarded].filter((id) => id.startsWith("many")),
      ["many 0"],
    );
  });

  it("is not fewer because somebody opens many", () => {
    const council = Array.from({ length: 11 }, (_, index) => ({ id: name(index), person: `p${index}`, power: 0 }));
    const many = Array.from({ length: 20 }, (_, index) => ({ id: `many ${index}`, person: "many", power: 1 }));
    assert.equal(new Loudest().look(0, beat, [...council, ...many]).size, 31);
  });

  it("keeps who pauses for breath, and those who spoke last when all are silent", () => {
    const hall = new Hall(60);
    hall.speak(2000, { 50: speech });
    assert.ok(hall.speak(1000, { 1: speech, 2: speech, 3: speech }).has(name(50)));
    assert.ok(hall.speak(60_000, {}).has(name(50)));
  });

  it("gives nobody's place to one who is not much louder while all of them speak", () => {
    const hall = new Hall(60);
    const choir = Object.fromEntries(Array.from({ length: defaultLoudest.loudest }, (_, index) => [index, speech]));
    const before = hall.speak(1000, choir);
    assert.deepEqual(hall.speak(2000, { ...choir, 40: speech * 2 }), before);
    assert.ok(hall.speak(beat, { ...choir, 40: speech * 8 }).has(name(40)));
  });

  it("never has more than its places, nor anybody who is not there", () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), { maxLength: 30 }),
        (beats) => {
          const loudest = new Loudest();
          for (const [index, powers] of beats.entries()) {
            const microphones = powers.map((power, at) => ({ id: name(at), person: name(at), power }));
            const forwarded = loudest.look(index * beat, beat, microphones);
            const most = powers.length <= defaultLoudest.all ? powers.length : defaultLoudest.loudest;
            assert.equal(forwarded.size, most);
            for (const id of forwarded) assert.ok(microphones.some((microphone) => microphone.id === id));
          }
        },
      ),
    ));
});
