import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { z } from "zod";
import { EncoderRun } from "./encoder.ts";
import { Encoding } from "./encoding.ts";
import type { Folders } from "./folders.ts";
import { Ledger } from "./ledger.ts";
import { codecsOf, multivariantPlaylist, peakOf } from "./multivariant.ts";
import { bytesOf, FRAME_MS, FRAMES_PER_SEGMENT, HEIGHT, SAMPLES_PER_FRAME, SEGMENT_MS, WIDTH } from "./picture.ts";
import { Release } from "./release.ts";
import { RENDITIONS } from "./renditions.ts";
import { emptyHouse, MEETING } from "./testing/house.ts";
import { SMALL, TWO } from "./testing/renditions.ts";
import { heading, segment } from "./testing/segments.ts";
import { Unreleased } from "./unreleased.ts";

const note = { scene: { scene: "live" as const, item: null, speaker: null }, heading, recording: true };
const silence = new Float32Array(SAMPLES_PER_FRAME);
const flat = Array.from({ length: 2 }, (_, index) => Buffer.alloc(bytesOf(WIDTH, HEIGHT), 100 + 40 * index));

/** A broadcast of two renditions, made and released; the second is left out in some frames. */
async function broadcast(context: TestContext, count: number, leftOut: (frame: number) => boolean): Promise<Folders> {
  const folders = await emptyHouse(context);
  const unreleased = await Unreleased.open(folders.unreleased);
  const ledger = await Ledger.open(folders.ledger, TWO);
  const release = new Release(MEETING, folders, unreleased, ledger);
  const history = () => [...ledger.segments, ...unreleased.segments];
  const encoding = await Encoding.begin(0, 0, unreleased, history, ledger.renditions.slice(1));
  for (let frame = 0; frame < count * FRAMES_PER_SEGMENT; frame++)
    await encoding.add(frame * FRAME_MS, flat[Math.floor(frame / 10) % 2]!, silence, note, !leftOut(frame));
  await encoding.finish();
  while (await release.advance(1e9, 0, Number.POSITIVE_INFINITY));
  return folders;
}

const Probed = z.object({ streams: z.array(z.object({ codec_type: z.string(), width: z.int().optional() })) });
const Packets = z.object({ packets: z.array(z.object({ pts_time: z.coerce.number() })) });

function probe<Schema extends z.ZodType>(schema: Schema, path: string, ...what: string[]): z.infer<Schema> {
  const { stdout, stderr } = spawnSync("ffprobe", ["-v", "error", "-of", "json", ...what, path], { encoding: "utf8" });
  assert.equal(stderr, "");
  return schema.parse(JSON.parse(stdout));
}

test("a stream of two renditions is one address that a player finds both at", async (context) => {
  const { public: folder } = await broadcast(context, 2, () => false);
  const { streams } = probe(Probed, join(folder, "live.m3u8"), "-show_entries", "stream=codec_type,width");
  assert.deepEqual(
    streams.flatMap(({ width }) => width ?? []),
    [1280, 640],
  );
  assert.equal(streams.filter(({ codec_type }) => codec_type === "audio").length, 2);
});

test("a rendition that is left out for a while is a gap, whole segments of it, and goes on in time afterwards", async (context) => {
  const { public: folder } = await broadcast(context, 5, (frame) => frame >= 70 && frame < 120);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".m4s")).sort();
  assert.deepEqual(names, ["0.m4s", "1.m4s", "2.m4s", "3.m4s", "360p-0.m4s", "360p-3.m4s", "360p-4.m4s", "4.m4s"]);
  const playlist = await readFile(join(folder, "360p.m3u8"), "utf8");
  assert.equal(playlist.match(/#EXT-X-GAP/g)?.length, 2);
  for (const [number, kind] of [3, 4].flatMap((number) => [
    [number, "v"],
    [number, "a"],
  ]) as [number, string][]) {
    const film = join(folder, `${number}.film`);
    await writeFile(film, await joined(folder, ["init-360p-0.mp4", `360p-${number}.m4s`]));
    const { packets } = probe(Packets, film, "-select_streams", kind, "-show_entries", "packet=pts_time");
    const from = packets[0]!.pts_time - (number * SEGMENT_MS) / 1000;
    assert.ok(from >= 0 && from < 0.05, `${kind} of ${number} begins ${from} s after its time`);
  }
});

const joined = async (folder: string, names: string[]): Promise<Buffer> =>
  Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));

test("nothing of what a slow machine left out waits for its release, and a torn part costs its rendition alone", async (context) => {
  const { unreleased: path } = await emptyHouse(context);
  const store = await Unreleased.open(path);
  for (const rendition of [undefined, SMALL.id]) await store.begin(0, Buffer.from("init"), rendition);
  const both = { more: { [SMALL.id]: 5 } };
  await store.add(segment(0, both), Buffer.from("one"), { [SMALL.id]: Buffer.from("small") });
  await store.add(segment(1, both), Buffer.from("two"), { [SMALL.id]: Buffer.from("small") });
  await writeFile(join(path, `${SMALL.id}-1.m4s`), "sm");
  const next = await Unreleased.open(path);
  assert.deepEqual(
    next.segments.map(({ more }) => more),
    [both.more, {}],
  );
  assert.equal(await next.destroyFrom(0), 0);
  assert.deepEqual(
    (await readdir(path)).filter((name) => name.endsWith(".m4s")),
    [],
  );
});

/** Each pixel another one each time: as much as there can be to encode. */
function noise(width: number, height: number, seed: number): Buffer {
  const picture = Buffer.alloc(bytesOf(width, height));
  let value = seed + 1;
  for (let at = 0; at < picture.length; at++) picture[at] = value = (value * 1103515245 + 12345) & 0x7fffffff;
  return picture;
}

for (const rendition of [...RENDITIONS, SMALL])
  test(`${rendition.id} is what the list of renditions says, also where the picture is noise`, async () => {
    const run = await EncoderRun.open(rendition);
    const fragments = [];
    for (let frame = 0; frame < 3 * FRAMES_PER_SEGMENT; frame++)
      fragments.push(...(await run.encode(frame, noise(rendition.width, rendition.height, frame), silence)));
    fragments.push(...(await run.finish()));
    for (const { data } of fragments)
      assert.ok((data.length * 8000) / SEGMENT_MS <= peakOf(rendition), `${data.length} bytes in a segment`);
    // AVCDecoderConfigurationRecord: version, profile, compatibility, level (ISO/IEC 14496-15).
    const [profile, compatible, level] = run.init.subarray(run.init.indexOf("avcC") + 5);
    const hex = [profile, compatible, level].map((byte) => byte!.toString(16).padStart(2, "0")).join("");
    assert.equal(codecsOf(rendition), `avc1.${hex.toUpperCase()},mp4a.40.2`);
  });

test("the stream's address names its renditions with all that a player chooses by", () => {
  assert.equal(
    multivariantPlaylist([RENDITIONS[0]]),
    `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=3406000,AVERAGE-BANDWIDTH=1606000,CODECS="avc1.64001F,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=25.000
720p.m3u8
`,
  );
});
