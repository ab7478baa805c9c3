import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import type { Heading, TimelineEntry } from "@raadhuis/protocol/public";
import { FRAME_MS, SEGMENT_MS } from "./picture.ts";
import { mediaPlaylist } from "./playlist.ts";
import { releasedState } from "./releasedState.ts";
import { segment } from "./testing/segments.ts";
import { Timeline } from "./timeline.ts";

const HOURS_MS = 8 * 3600_000;
/** What is looked at: the last ten minutes of it. */
const LAST_MS = 600_000;
/** The gallery's page asks for the state so often, ms (web's `useReleased.ts`); a player for the playlist with each segment. */
const ASKED_MS = 1500;
/** Of each answer, also of one that says that nothing is new; `respond.test.ts` of the gallery holds it to that. */
const HEADER_BYTES = 1000;

const agenda = Array.from({ length: 60 }, (_, index) => ({
  id: `item${index.toString(36)}x7kq2`,
  number: index + 1,
  title: `Raadsvoorstel ${index * 37}: vaststelling van het bestemmingsplan Buitengebied, herziening ${index}`,
}));
const heading: Heading = {
  body: "Gemeente Voorbeeldstad",
  title: "Raadsvergadering",
  startsAt: 1_800_000_000_000,
  zone: "Europe/Amsterdam",
  agenda,
};
const names = [
  "Alice de Boer",
  "Bram van den Berg-Jansen",
  "Chaimae El Idrissi",
  "Dirk-Jan Hoogeveen",
  "Eline Ó Súilleabháin",
];
const speakers = Array.from({ length: 37 }, (_, index) => ({
  name: `${names[index % names.length]} ${index}`,
  role: index % 9 === 0 ? "chair" : "member",
  party: `Fractie ${(index * 7) % 11}`,
}));

const packed = (text: string): number =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;

/** A meeting of eight hours in which somebody else has the floor every `turnMs`, and the item changes every ten turns. */
function* turns(turnMs: number): Generator<TimelineEntry> {
  for (let turn = 0; turn * turnMs < HOURS_MS; turn++)
    yield {
      at: heading.startsAt + turn * turnMs + (turn % 25) * FRAME_MS,
      scene: "live",
      item: agenda[Math.floor(turn / 10) % agenda.length]!,
      speaker: speakers[(turn * 17) % speakers.length]!,
    };
}

/** What a viewer who has been there for a while takes in, bytes a second at the end of it. */
function bytesPerSecond(turnMs: number): { all: number; state: number; joining: number } {
  const timeline = new Timeline();
  const entries = [...turns(turnMs)];
  const released = [];
  const known = new Set<string>();
  let [state, playlist, joining] = [0, 0, 0];
  for (let number = 0, next = 0; number * SEGMENT_MS < HOURS_MS; number++) {
    const at = heading.startsAt + number * SEGMENT_MS;
    const from = next;
    while (entries[next] && entries[next]!.at < at + SEGMENT_MS) next++;
    const one = segment(number, { at, heading, timeline: entries.slice(from, next) });
    released.push(one);
    timeline.add(one);
    if (number * SEGMENT_MS < HOURS_MS - LAST_MS) continue;
    const files = releasedState("meeting1test", released, timeline, false, null, 10_000);
    const fresh = files.parts.filter(({ name }) => !known.has(name));
    const asked = fresh.reduce(
      (sum, { text }) => sum + HEADER_BYTES + packed(text),
      packed(JSON.stringify(files.state)),
    );
    // With the first of these they come in, and fetch all there is.
    if (known.size === 0) joining = asked;
    else state += asked;
    for (const { name } of files.parts) known.add(name);
    playlist += packed(mediaPlaylist(released, false)) + HEADER_BYTES;
  }
  const seconds = LAST_MS / 1000;
  const perSecond = state / seconds + (HEADER_BYTES * 1000) / ASKED_MS;
  return { all: perSecond + playlist / seconds, state: perSecond, joining };
}

for (const turnMs of [20_000, 2000])
  test(`after eight hours with a turn every ${turnMs / 1000} s a viewer polls less than 2 kB a second`, (context) => {
    const { all, state, joining } = bytesPerSecond(turnMs);
    context.diagnostic(`state ${state.toFixed()} B/s, with the playlist ${all.toFixed()} B/s, coming in ${joining} B`);
    assert.ok(all < 2000, `${all} B/s`);
    assert.ok(joining < 500_000, `${joining} B to come in`);
  });
