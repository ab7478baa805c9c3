import type { Random } from "./random.ts";

/** Payload types of `memberOffer`, and what each carries. */
export const payloads = { opus: 111, red: 63, vp8: 96, vp9: 98, av1: 45, h264: 102 } as const;
/** Of resent packets, by what they resend. */
export const rtx = { vp8: 97, vp9: 99, av1: 46, h264: 103 } as const;
export type Codec = keyof typeof payloads;

/** What a codec's packets begin with, right enough for its parser to read on, then cut off or changed. */
export function payload(random: Random, codec: Codec): Buffer {
  const whole = Buffer.concat([kinds[codec](random), random.bytes(random.pick([0, 1, 3, 20, 200, 900]))]);
  const kind = random.next();
  if (kind < 0.15) return whole.subarray(0, random.below(Math.min(whole.length, 24) + 1));
  return kind < 0.3 ? random.mutated(whole).subarray(0, 1300) : whole;
}

const kinds: Record<Codec, (random: Random) => Buffer> = { opus, red, vp8, vp9, av1, h264 };

const byte = (...values: number[]): Buffer => Buffer.from(values);
const bit = (random: Random, at: number, of = 0.5): number => (random.chance(of) ? 1 << at : 0);

/** A picture's number in 7 or 15 bits, as VP8 and VP9 have it. */
const pictureId = (random: Random): Buffer =>
  random.chance(0.5) ? byte(random.below(128)) : byte(0x80 | random.below(128), random.below(256));

function opus(random: Random): Buffer {
  return random.bytes(random.pick([0, 1, 3, 60, 200]));
}

/** RFC 2198: blocks whose lengths need not fit. */
function red(random: Random): Buffer {
  const headers: Buffer[] = [];
  const blocks: Buffer[] = [];
  for (let times = random.pick([0, 1, 1, 2, 3, 30]); times > 0; times--) {
    const block = random.bytes(random.below(100));
    const length = random.chance(0.85) ? block.length : random.below(1024);
    const offset = random.below(16_384);
    const type = random.pick([payloads.opus, payloads.opus, payloads.red, payloads.vp8, 127]);
    headers.push(byte(0x80 | type, offset >> 6, ((offset & 0x3f) << 2) | (length >> 8), length & 0xff));
    blocks.push(block);
  }
  const last = byte(random.pick([payloads.opus, payloads.opus, payloads.red, 127]));
  return Buffer.concat([...headers, last, ...blocks]);
}

/** RFC 7741. */
function vp8(random: Random): Buffer {
  const extended = bit(random, 7, 0.8);
  const has = random.below(16) << 4;
  const start = bit(random, 4, 0.7);
  const parts = [byte(extended | bit(random, 5, 0.2) | start | random.pick([0, 0, 0, random.below(8)]))];
  if (extended) {
    parts.push(byte(has | random.below(16)));
    if (has & 0x80) parts.push(pictureId(random));
    if (has & 0x40) parts.push(byte(random.below(256)));
    if (has & 0x30) parts.push(byte(random.below(256)));
  }
  const frame = random.bytes(10);
  if (random.chance(0.4)) {
    // A key frame: its sign, and a size.
    frame[0] = (frame[0] ?? 0) & 0xfe;
    frame.set([0x9d, 0x01, 0x2a], 3);
  }
  return Buffer.concat([...parts, frame]);
}

/** RFC 9628. */
function vp9(random: Random): Buffer {
  const [i, p, l, f, v] = [0.9, 0.5, 0.7, 0.3, 0.4].map((of) => random.chance(of));
  const first =
    (i ? 0x80 : 0) | (p ? 0x40 : 0) | (l ? 0x20 : 0) | (f ? 0x10 : 0) | bit(random, 3) | bit(random, 2) | (v ? 2 : 0);
  const parts = [byte(first | bit(random, 0))];
  if (i) parts.push(pictureId(random));
  if (l) parts.push(byte(random.below(256)), ...(f ? [] : [byte(random.below(256))]));
  if (f && p) for (let times = 1 + random.below(4); times > 0; times--) parts.push(byte((random.below(128) << 1) | 1));
  if (v) {
    const layers = random.below(8);
    const [y, g] = [random.chance(0.5), random.chance(0.5)];
    parts.push(byte((layers << 5) | (y ? 0x10 : 0) | (g ? 0x08 : 0)));
    if (y) parts.push(random.bytes((layers + 1) * 4));
    if (g) {
      const pictures = random.pick([0, 1, 4, 8, 255]);
      parts.push(byte(pictures));
      for (let times = pictures; times > 0; times--) {
        const references = random.below(4);
        parts.push(byte((random.below(64) << 4) | (references << 2)), random.bytes(references));
      }
    }
  }
  return Buffer.concat(parts);
}

/** The AV1 payload format: OBUs with lengths in LEB128. */
function av1(random: Random): Buffer {
  const count = random.below(4);
  const parts = [byte(bit(random, 7, 0.2) | bit(random, 6, 0.2) | (count << 4) | bit(random, 3, 0.3))];
  for (let times = count === 0 ? 1 + random.below(4) : count; times > 0; times--) {
    const sized = random.chance(0.3);
    const extended = random.chance(0.3);
    const body = random.bytes(random.pick([0, 1, 5, 30]));
    const type = random.pick([1, 1, 2, 3, 4, 5, 6, 7, 8, 15, 0]);
    const obu = Buffer.concat([
      byte((type << 3) | (extended ? 4 : 0) | (sized ? 2 : 0) | bit(random, 7, 0.05)),
      ...(extended ? [byte(random.below(256))] : []),
      ...(sized ? [leb128(random, body.length)] : []),
      body,
    ]);
    parts.push(...(count === 0 || times > 1 ? [leb128(random, obu.length)] : []), obu);
  }
  return Buffer.concat(parts);
}

function leb128(random: Random, value: number): Buffer {
  if (random.chance(0.1)) return random.pick([Buffer.alloc(9, 0xff), byte(0xff, 0xff, 0xff, 0xff, 0x0f), byte(0x80)]);
  return value < 128 ? byte(value) : byte(0x80 | (value & 0x7f), value >> 7);
}

/** RFC 6184: single units, aggregates and fragments; parameter sets whose numbers run on. */
function h264(random: Random): Buffer {
  const unit = () => Buffer.concat([byte(0x60 | random.pick([1, 5, 5, 6, 7, 7, 8, 9, 12])), nal(random)]);
  switch (random.below(4)) {
    case 0:
      return unit();
    case 1:
      return byte(0x7c, random.pick([0x80, 0x40, 0, 0xc0]) | random.pick([1, 5, 7, 8]), ...nal(random));
    case 2:
      return byte(random.pick([25, 26, 27, 29, 30, 31, 0]) | 0x60, ...random.bytes(random.below(12)));
    default: {
      const parts = [byte(0x78)];
      for (let times = random.pick([0, 1, 2, 3, 40]); times > 0; times--) {
        const one = unit();
        const length = random.chance(0.85) ? one.length : random.below(65_536);
        parts.push(byte(length >> 8, length & 0xff), one);
      }
      return Buffer.concat(parts);
    }
  }
}

/** Half the time a baseline parameter set as encoders write it, with something changed. */
const nal = (random: Random): Buffer =>
  random.chance(0.5)
    ? random.mutated(Buffer.from("42c01ed901e022ff97016e02020280000003008000001e478b16cb", "hex"))
    : random.bytes(random.below(40));
