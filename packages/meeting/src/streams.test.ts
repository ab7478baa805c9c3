import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import {
  type Actor,
  conducts,
  type MeetingState,
  readsStream,
  refusesAppend,
  type StreamKind,
  seatOf,
  streamKinds,
  type Viewer,
} from "./index.ts";
import { anna, bob, by, gita, house, mo, office, opened, stranger } from "./testing/council.ts";

const isOfDesk = (state: MeetingState, actor: Actor | Viewer) =>
  actor.kind !== "seat" || conducts(seatOf(state, actor.seat)?.role ?? "observer");

/** `open` while the doors are; `closed-<epoch>` of each stretch behind closed ones; `desk`; `board`, which the desk writes. */
const words: StreamKind = {
  name: "words",
  body: z.strictObject({ text: z.string() }),
  mayRead: (state, viewer, audience) =>
    audience === "open" ||
    audience === "board" ||
    audience === here(state) ||
    (audience === "desk" && isOfDesk(state, viewer)),
  mayAppend: (state, actor, audience) =>
    audience === here(state) || ((audience === "desk" || audience === "board") && isOfDesk(state, actor)),
};
const here = ({ epoch }: MeetingState) => (epoch.doors === "open" ? "open" : `closed-${epoch.number}`);

/** Who of these reads it; `null`: the office. */
const reads = (state: MeetingState, audience: string) =>
  [anna, mo, bob, gita, stranger, null].filter((seat) =>
    readsStream(words, state, seat ? { kind: "seat", seat } : { kind: "office" }, audience),
  );
const refusal = (state: MeetingState, actor: Actor, audience: string) =>
  refusesAppend(words, state, actor, audience)?.code ?? null;

test("who reads an audience is its kind's to say, of those who may be in the chamber", () => {
  const play = opened();
  assert.deepEqual(reads(play.now, "open"), [anna, mo, bob, gita, null]);
  assert.deepEqual(reads(play.now, "desk"), [anna, null]);
  assert.deepEqual(reads(play.now, "nobody"), []);
  play.with([by(anna), { type: "closeDoors", admitted: [gita] }]);
  assert.deepEqual(reads(play.now, "open"), [anna, mo, gita, null]);
  play.with([by(anna), { type: "removeSeat", seat: mo }]);
  assert.deepEqual(reads(play.now, "open"), [anna, gita, null]);
});

test("whether an audience is there is told to none but those who read or write there", () => {
  const { now } = opened();
  assert.equal(refusal(now, by(mo), "open"), null);
  assert.equal(refusal(now, by(mo), "desk"), "stream.unknown");
  assert.equal(refusal(now, by(mo), "nobody"), "stream.unknown");
  assert.equal(refusal(now, by(mo), "board"), "stream.read-only");
  assert.equal(refusal(now, by(anna), "board"), null);
  assert.equal(refusal(now, house, "desk"), null);
  assert.equal(refusal(now, house, "nobody"), "stream.unknown");
});

test("what is meant for those behind closed doors is refused once they are open, and the other way round", () => {
  const play = opened().with([by(anna), { type: "closeDoors" }]);
  const behind = here(play.now);
  assert.equal(refusal(play.now, by(mo), behind), null);
  assert.equal(refusal(play.now, by(mo), "open"), "stream.read-only");
  for (const audience of [behind, "open"]) assert.equal(refusal(play.now, by(bob), audience), "seat.not-admitted");
  play.with([by(anna), { type: "openDoors" }]);
  assert.equal(refusal(play.now, by(mo), behind), "stream.unknown");
  assert.deepEqual(reads(play.now, behind), []);
});

test("a meeting that is over takes nothing from anybody", () => {
  const { now } = opened().with([by(anna), { type: "endMeeting" }]);
  for (const actor of [by(anna), office, house]) assert.equal(refusal(now, actor, "desk"), "meeting.ended");
  assert.deepEqual(reads(now, "desk"), [null]);
});

test("no two kinds have one name", () => {
  const names = streamKinds.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});
