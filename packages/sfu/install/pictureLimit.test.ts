import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

describe("pictures that are too large", { timeout: 60_000 }, () => {
  let folder = "";
  let program = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "raadhuis-pictures-"));
    program = join(folder, "pictures");
    const source = join(import.meta.dirname, "pictureLimit.cc");
    execFileSync("g++", ["-O1", "-std=c++20", "-Wall", "-Werror", "-o", program, source], { stdio: "inherit" });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Which packets go on, and how many key frames were refused. */
  function run(...packets: string[]) {
    const words = execFileSync(program, packets, { encoding: "utf8" }).trim().split(" ");
    return { goOn: words.slice(0, -1).map((word) => word === "1"), refused: Number(words.at(-1)) };
  }
  const hex = (...bytes: number[]) => Buffer.from(bytes).toString("hex");
  /** Descriptors of VP8 (RFC 7741): of a frame's first packet, and of the others. */
  const [first, further] = [hex(0x10), hex(0x00)];
  const keyFrame = (width: number, height: number) =>
    hex(0x10, 0, 0, 0x9d, 0x01, 0x2a, width & 255, width >> 8, height & 255, height >> 8, 7, 7);
  const delta = hex(0x11, 0, 0, 7);
  const vp8 = (descriptor: string, frame: string, begins?: boolean) =>
    `vp8:${descriptor}${frame}${begins === undefined ? "" : begins ? ":1" : ":0"}`;

  it("go no further, nor what builds on them, until a key frame that is within the limit", () => {
    const { goOn, refused } = run(
      vp8(first, keyFrame(640, 360)),
      vp8(further, delta),
      vp8(first, keyFrame(8192, 8192)),
      vp8(further, delta),
      vp8(first, delta),
      vp8(first, keyFrame(16383, 16383)),
      vp8(first, keyFrame(1280, 720)),
      vp8(first, delta),
    );
    assert.deepEqual(goOn, [true, true, false, false, false, false, true, true]);
    assert.equal(refused, 2);
  });

  it("are larger than honest screens and cameras, either way up", () => {
    const honest = [
      [3840, 2160],
      [3840, 2400],
      [4096, 2160],
      [4096, 2304],
      [2160, 3840],
      [3440, 1440],
    ] as const;
    for (const [width, height] of honest)
      assert.deepEqual(run(vp8(first, keyFrame(width, height))).goOn, [true], `${width} x ${height}`);
    const others = [
      [4097, 16],
      [16, 4097],
      [4096, 2305],
      [16383, 1],
    ] as const;
    for (const [width, height] of others)
      assert.deepEqual(run(vp8(first, keyFrame(width, height))).goOn, [false], `${width} x ${height}`);
  });

  it("are known by their size alone: the bits beside it say how they are to be scaled", () => {
    assert.deepEqual(run(vp8(first, keyFrame(640 | 0xc000, 360 | 0x4000))).goOn, [true]);
  });

  it("are found behind every form of descriptor", () => {
    for (const descriptor of [
      hex(0x90, 0x00),
      hex(0x90, 0x80, 0x11),
      hex(0x90, 0x80, 0x91, 0x11),
      hex(0x90, 0xc0, 0x91, 0x11, 0x01),
      hex(0x90, 0xf0, 0x91, 0x11, 0x01, 0x20),
      hex(0x90, 0x10, 0x01),
      hex(0xb0, 0x20, 0x01),
      // A partition's number of eight has three bits that are none.
      hex(0x18),
    ])
      assert.deepEqual(
        run(vp8(descriptor, keyFrame(640, 360)), vp8(descriptor, keyFrame(8192, 8192))).goOn,
        [true, false],
        descriptor,
      );
  });

  it("are not hidden by headers that are cut in two, cut off, or none", () => {
    const large = keyFrame(8192, 8192);
    assert.deepEqual(run(vp8(first, large.slice(0, 12)), vp8(further, large.slice(12))).goOn, [false, true]);
    const cut = [
      vp8("", ""),
      vp8(first, ""),
      vp8(hex(0x90), ""),
      vp8(hex(0x90, 0x80), ""),
      vp8(hex(0x90, 0xf0, 0x91), ""),
    ];
    for (const packet of cut) assert.deepEqual(run(packet).goOn, [false], packet);
    for (const size of [large, keyFrame(640, 360)])
      assert.deepEqual(run(vp8(first, size.replace("9d012a", "9d012b"))).goOn, [false]);
  });

  it("are not hidden by a dependency descriptor that says something else of where a frame begins", () => {
    const large = keyFrame(8192, 8192);
    assert.deepEqual(run(vp8(further, large, true), vp8(first, keyFrame(640, 360), false)).goOn, [false, false]);
    assert.deepEqual(run(vp8(first, keyFrame(640, 360), true), vp8(further, delta, false)).goOn, [true, true]);
  });

  it("of other codecs go no further as far as a packet states its size", () => {
    const { goOn, refused } = run(
      "size:640x360",
      "size:0x0",
      "size:8192x8192",
      "size:0x0",
      "size:65536x65536",
      "size:1280x720",
    );
    assert.deepEqual(goOn, [true, true, false, false, false, true]);
    assert.equal(refused, 2);
  });
});
