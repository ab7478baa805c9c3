import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { colourDistance, isColour, SAME_COLOUR } from "./colour.ts";
import { cleanStreams, findSignal, meanColours, run, soundsAt } from "./media.ts";
import { FIELD, FLASH, type Signal, samplesOf, signals, writeCaptureFiles } from "./signals.ts";
import { toneMoments, toneShare } from "./tone.ts";

let directory = "";
const film = (name: string) => join(directory, `${name}.mp4`);

/** Encodes a signal's loop twice over as egress would. `small`: in a corner of a grey picture. */
async function encode(signal: Signal, name: string, small = false): Promise<void> {
  const { video, audio } = await writeCaptureFiles(signal, directory);
  const filter = small ? "scale=128:72,pad=1280:720:1100:40:color=0x445566" : "scale=1280:720";
  await run("ffmpeg", [
    ...["-nostdin", "-v", "error", "-stream_loop", "1", "-i", video, "-stream_loop", "1", "-i", audio],
    ...["-vf", filter, "-r", "25", "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "800k", "-c:a", "aac"],
    ...["-ac", "1", "-t", "4", "-movflags", "+faststart", film(name)],
  ]);
}

before(async () => {
  directory = await mkdtemp(join(tmpdir(), "raadhuis-signals-"));
  await encode(signals.green, "green");
  await encode(signals.magenta, "magenta");
  await encode(signals.magenta, "small", true);
});
after(() => rm(directory, { recursive: true, force: true }));

test("no two signals can be taken for one another", () => {
  const all = Object.values(signals);
  for (const one of all)
    for (const other of all)
      if (one !== other) {
        assert.ok(colourDistance(one.colour, other.colour) > 2 * SAME_COLOUR, `${one.name} and ${other.name}`);
        assert.equal(toneMoments(samplesOf(one), 48_000, other.tone).length, 0, `${one.name} sounds as ${other.name}`);
      }
});

test("a signal's colour is told from an encoded film, and is not another's", async () => {
  const pictures = await meanColours(film("green"), FIELD);
  assert.ok(pictures.length >= 95, `${pictures.length} pictures`);
  for (const { colour } of pictures) {
    assert.ok(isColour(colour, signals.green.colour), `${colour}`);
    assert.ok(!isColour(colour, signals.red.colour), `${colour}`);
  }
});

test("the patch flashes at the start of each loop", async () => {
  const pictures = await meanColours(film("green"), FLASH);
  const bright = pictures.filter(({ colour }) => colour[0] > 180).map(({ at }) => at);
  assert.ok(bright.some((at) => at < 0.2) && bright.some((at) => at >= 2 && at < 2.2), `${bright}`);
  assert.ok(!bright.some((at) => (at > 0.4 && at < 1.9) || at > 2.4), `${bright}`);
});

test("a signal's tone is heard in a film, and another's is not", async () => {
  const own = await soundsAt(film("green"), signals.green.tone);
  assert.ok(own.length > 15, `${own.length} windows`);
  assert.deepEqual(await soundsAt(film("green"), signals.magenta.tone), []);
});

test("a tone is heard under another that is louder", () => {
  const rate = 16_000;
  const mix = Float32Array.from({ length: 1600 }, (_, index) => {
    const second = index / rate;
    return 0.4 * Math.sin(2 * Math.PI * 430 * second) + 0.25 * Math.sin(2 * Math.PI * 1030 * second);
  });
  assert.equal(toneMoments(mix, rate, 1030).length, 1);
  assert.ok(toneShare(mix, rate, 610) < 0.01);
  assert.equal(toneShare(new Float32Array(1600), rate, 430), 0);
});

test("the search finds the marker, also small in a corner, and finds nothing where there is none", async () => {
  for (const name of ["magenta", "small"]) {
    const found = await findSignal(film(name), signals.magenta);
    assert.ok(found.seen > 90 && found.heard > 15, `${name}: ${JSON.stringify(found)}`);
  }
  const nothing = await findSignal(film("green"), signals.magenta);
  assert.deepEqual([nothing.seen, nothing.heard], [0, 0]);
});

test("a whole film is clean and a broken one is told", async () => {
  const streams = await cleanStreams(film("green"));
  assert.deepEqual(
    streams.map(({ kind, codec }) => [kind, codec]),
    [
      ["video", "h264"],
      ["audio", "aac"],
    ],
  );
  const broken = film("broken");
  const { out } = await run("cat", [film("green")]);
  out.fill(0x55, Math.floor(out.length / 2), Math.floor(out.length / 2) + 20_000);
  await writeFile(broken, out);
  await assert.rejects(cleanStreams(broken), /not clean|ended with/);
});
