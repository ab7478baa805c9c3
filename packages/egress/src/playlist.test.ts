import assert from "node:assert/strict";
import { test } from "node:test";
import { mediaPlaylist, windowOf } from "./playlist.ts";
import { segment, segments } from "./testing/segments.ts";

const tag = (playlist: string, name: string): string | undefined =>
  playlist
    .split("\n")
    .find((line) => line.startsWith(`#${name}:`))
    ?.slice(name.length + 2);

test("the live playlist holds the last minute and counts what has left it", () => {
  const playlist = mediaPlaylist(segments(100), false);
  assert.equal(playlist.match(/\.m4s/g)?.length, 30);
  assert.equal(tag(playlist, "EXT-X-MEDIA-SEQUENCE"), "70");
  assert.match(playlist, /\n99\.m4s\n$/);
});

test("each segment says its programme time", () => {
  const playlist = mediaPlaylist([segment(0, { at: 1_700_000_000_040 })], false);
  assert.equal(tag(playlist, "EXT-X-PROGRAM-DATE-TIME"), "2023-11-14T22:13:20.040Z");
  assert.match(playlist, /#EXTINF:2\.000,\n0\.m4s/);
});

test("another encoder run is a discontinuity with an init segment of its own", () => {
  const playlist = mediaPlaylist([segment(0), segment(1, { frames: 20 }), segment(2, { run: 1 })], false);
  assert.match(playlist, /#EXTINF:0\.800,\n1\.m4s\n#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="init-1\.mp4"/);
  assert.equal(playlist.match(/EXT-X-DISCONTINUITY\n/g)?.length, 1);
  assert.equal(playlist.match(/EXT-X-MAP/g)?.length, 2);
});

test("a discontinuity that has left the window is counted, also when it lay at the window's first segment", () => {
  const runs = (first: number) => segments(60).map((one) => ({ ...one, run: one.number < first ? 0 : 1 }));
  assert.equal(tag(mediaPlaylist(runs(10), false), "EXT-X-DISCONTINUITY-SEQUENCE"), "1");
  const atEdge = mediaPlaylist(runs(30), false);
  assert.equal(tag(atEdge, "EXT-X-DISCONTINUITY-SEQUENCE"), "1");
  assert.doesNotMatch(atEdge, /EXT-X-DISCONTINUITY\n/);
  const inside = mediaPlaylist(runs(31), false);
  assert.equal(tag(inside, "EXT-X-DISCONTINUITY-SEQUENCE"), "0");
  assert.match(inside, /EXT-X-DISCONTINUITY\n/);
});

test("only an ended stream has an end", () => {
  assert.doesNotMatch(mediaPlaylist(segments(2), false), /ENDLIST/);
  assert.match(mediaPlaylist(segments(2), true), /#EXT-X-ENDLIST\n$/);
});

test("the window follows time, not the number of segments", () => {
  const after = segment(50, { at: 10_000_000 });
  assert.deepEqual(windowOf([...segments(50), after]), [after]);
});

test("a segment that was left out of a rendition keeps its place there, as a gap", () => {
  const small = 1;
  const released = segments(4).map((one) => (one.number === 1 || one.number === 2 ? one : { ...one, more: { small } }));
  const [first, other] = [mediaPlaylist(released, false), mediaPlaylist(released, false, "small")];
  assert.doesNotMatch(first, /GAP/);
  assert.equal(other.match(/#EXT-X-GAP\n/g)?.length, 2);
  assert.match(other, /#EXT-X-GAP\n#EXT-X-PROGRAM-DATE-TIME:.*\n#EXTINF:2\.000,\nsmall-1\.m4s/);
  assert.equal(other.match(/#EXT-X-MAP:URI="init-small-0\.mp4"/g)?.length, 1);
  // Number for number and second for second as in the first one: players change over by that.
  const place = (playlist: string) => playlist.match(/#EXT-X-(MEDIA|DISC|PROGRAM).*|#EXTINF.*/g);
  assert.deepEqual(place(other), place(first));
});

test("of a run of which nothing is there yet no init segment is named, and it is when something is", () => {
  const released = [
    segment(0, { more: { small: 1 } }),
    segment(1, { run: 1 }),
    segment(2, { run: 1 }),
    segment(3, { run: 1, more: { small: 1 } }),
  ];
  const lines = mediaPlaylist(released, false, "small").split("\n");
  const at = (line: string) => lines.indexOf(line);
  assert.ok(at('#EXT-X-MAP:URI="init-small-1.mp4"') > at("small-2.m4s"));
  assert.ok(at('#EXT-X-MAP:URI="init-small-1.mp4"') < at("small-3.m4s"));
  assert.equal(at("#EXT-X-DISCONTINUITY"), at("small-0.m4s") + 1);
  assert.equal(lines.filter((line) => line.startsWith("#EXT-X-MAP")).length, 2);
});
