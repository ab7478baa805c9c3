import assert from "node:assert/strict";
import { test } from "node:test";
import { NewMeeting } from "@raadhuis/protocol/http";
import { meetingAt, ORGAN, ROSTER } from "./body.ts";
import { Face, HEIGHT, i420Of, WIDTH } from "./face.ts";
import { syntheticSeats } from "./sample.ts";
import { Voice } from "./voice.ts";

test("the sample meeting has nine seats of different names, six items, and is one the server takes", () => {
  const meeting = NewMeeting.parse(meetingAt(1_800_000_000_000, { people: [], organs: [] }));
  assert.equal(meeting.agenda.length, 6);
  assert.equal(new Set(meeting.seats.map(({ name }) => name)).size, 9);
  for (const role of ["chair", "clerk", "deputy", "citizen"])
    assert.equal(ROSTER.filter((person) => person.role === role).length, 1, role);
});

test("the sample meeting is of its council, and its seats for the people of the roster, as far as these are there", () => {
  const anna = { id: "anna", name: ROSTER[0]!.name, party: null, role: "chair" as const };
  const meeting = meetingAt(1_800_000_000_000, { people: [anna], organs: [{ id: "raad", name: ORGAN }] });
  assert.equal(meeting.organ, "raad");
  assert.deepEqual(
    meeting.seats.map(({ person }) => person),
    ROSTER.map((_, index) => (index === 0 ? "anna" : undefined)),
  );
});

test("a picture is whole, moves within a second and shows another clock in the next", () => {
  const face = new Face("Fenna & <Ruiter>", "Raadslid", { hue: 200, timeZone: "Europe/Amsterdam" });
  const first = face.frame(1_800_000_000_000);
  assert.equal(first.length, WIDTH * HEIGHT * 1.5);
  assert.notDeepEqual(face.frame(1_800_000_000_400), first);
  const clock = (frame: Uint8Array) => frame.subarray(20 * WIDTH, 52 * WIDTH);
  assert.deepEqual(clock(face.frame(1_800_000_000_900)), clock(first));
  assert.notDeepEqual(clock(face.frame(1_800_000_001_000)), clock(first));
});

test("the clock in a picture is the body's", () => {
  const clockIn = (timeZone: string, at: number) =>
    new Face("A", "", { hue: 200, timeZone }).frame(at).subarray(20 * WIDTH, 52 * WIDTH);
  const winter = Date.UTC(2026, 10, 27, 18, 30);
  assert.deepEqual(clockIn("America/Kralendijk", winter + 5 * 3600_000), clockIn("Europe/Amsterdam", winter));
  assert.notDeepEqual(clockIn("America/Kralendijk", winter), clockIn("Europe/Amsterdam", winter));
});

test("two people have pictures of different colours", () => {
  const chroma = (hue: number) => new Face("A", "", { hue, timeZone: "Europe/Amsterdam" }).frame(0).at(WIDTH * HEIGHT);
  assert.ok(Math.abs(chroma(200)! - chroma(337)!) > 10);
});

test("white, black and red become their limited-range YUV", () => {
  const rgba = Uint8Array.from([255, 255, 255, 255, 0, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255]);
  assert.deepEqual([...i420Of(rgba, 2, 2).subarray(0, 4)], [235, 16, 81, 81]);
  const red = Uint8Array.from(Array.from({ length: 4 }, () => [255, 0, 0, 255]).flat());
  assert.deepEqual([...i420Of(red, 2, 2).subarray(4)], [90, 240]);
});

test("people speak in turns: one at a time, each of them, and silence is silent", () => {
  const voices = [0, 1, 2].map((turn) => new Voice(200 + turn * 50, turn, 3));
  const spoke = new Set<number>();
  for (let now = 0; now < 18_000; now += 500) {
    const speaking = voices.flatMap((voice, index) => (voice.speaks(now) ? [index] : []));
    assert.equal(speaking.length, 1);
    spoke.add(speaking[0]!);
    for (const [index, voice] of voices.entries())
      if (index !== speaking[0]) assert.ok(voice.chunk(now).every((sample) => sample === 0));
  }
  assert.equal(spoke.size, 3);
  assert.ok(voices[0]!.chunk(100).some((sample) => Math.abs(sample) > 500));
});

test("synthetic people take the last members' seats first, so that the first stay free", () => {
  const links = ROSTER.map(({ name, role }, index) => ({ seat: `s${index}`, name, role, link: "http://x/" }));
  const memory = { email: "", password: "", meeting: "m", links };
  assert.deepEqual(
    syntheticSeats(memory, 2).map(({ name }) => name),
    ["Ilse Wagenaar", "Henk Terpstra"],
  );
  const all = syntheticSeats(memory, 50).map(({ role }) => role);
  assert.deepEqual(all, ["member", "member", "member", "member", "member", "deputy"]);
});
