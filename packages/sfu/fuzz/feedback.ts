import type { Random } from "./random.ts";

/** What a member has received of one SSRC, from the part of its packets that is not encrypted. */
export interface Received {
  ssrc: number;
  sequence: number;
}

/** RTCP about streams that are there, and nearly right: what a receiver might say, with numbers that need not fit. */
export function feedback(
  random: Random,
  own: readonly number[],
  received: readonly Received[],
  transportSequence: number,
): Buffer {
  const context: Context = {
    own: own[random.below(own.length)] ?? 1,
    about: received[random.below(received.length)] ?? { ssrc: random.below(2 ** 32), sequence: 0 },
    transportSequence,
  };
  const parts: Buffer[] = [];
  for (let times = random.pick([1, 1, 1, 2, 4]); times > 0; times--) {
    const packet = (kinds[random.below(kinds.length)] ?? receiverReport)(random, context);
    parts.push(random.chance(0.12) ? random.mutated(packet) : packet);
  }
  const whole = Buffer.concat(parts).subarray(0, 1300);
  // The first eight bytes go unencrypted (RFC 3711, 3.4): there are so many.
  return whole.length < 8 ? Buffer.concat([whole, Buffer.alloc(8 - whole.length)]) : whole;
}

interface Context {
  own: number;
  about: Received;
  transportSequence: number;
}

function packet(random: Random, type: number, count: number, body: Buffer): Buffer {
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
  const header = Buffer.from([0x80 | (random.chance(0.03) ? 0x20 : 0) | (count & 31), type, 0, 0]);
  header.writeUInt16BE(random.chance(0.96) ? padded.length / 4 : random.pick([0, 1, 2, 0xffff, 300]), 2);
  return Buffer.concat([header, padded]);
}

const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4);
  return bytes;
};

/** Nearly always the number of blocks that there are. */
const counted = (random: Random, count: number) => (random.chance(0.9) ? count : random.below(32));

const blocks = (random: Random, { about }: Context, count: number): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, () =>
      Buffer.concat([words(random.chance(0.8) ? about.ssrc : random.below(2 ** 32)), random.bytes(20)]),
    ),
  );

function senderReport(random: Random, context: Context): Buffer {
  const count = random.pick([0, 0, 1, 3]);
  const body = Buffer.concat([words(context.own), random.bytes(20), blocks(random, context, count)]);
  return packet(random, 200, counted(random, count), body);
}

function receiverReport(random: Random, context: Context): Buffer {
  const count = random.pick([0, 1, 1, 31]);
  return packet(
    random,
    201,
    counted(random, count),
    Buffer.concat([words(context.own), blocks(random, context, count)]),
  );
}

function sourceDescription(random: Random, { own }: Context): Buffer {
  const items: Buffer[] = [];
  for (let times = random.below(5); times > 0; times--) {
    const text = random.bytes(random.below(60));
    items.push(Buffer.from([random.below(10), random.chance(0.8) ? text.length : 255]), text);
  }
  return packet(random, 202, counted(random, 1), Buffer.concat([words(own), ...items, Buffer.alloc(random.below(5))]));
}

function goodbye(random: Random, { own, about }: Context): Buffer {
  const reason = random.bytes(random.below(20));
  const body = Buffer.concat([words(own, about.ssrc), Buffer.from([reason.length]), reason]);
  return packet(random, 203, random.pick([0, 1, 2, 31]), body);
}

const application = (random: Random, { own }: Context): Buffer =>
  packet(random, 204, random.below(32), Buffer.concat([words(own), random.bytes(random.below(60))]));

/** RFC 4585, 6.2.1: of packets that were sent lately, or never. */
function nack(random: Random, { own, about }: Context): Buffer {
  const fields = Array.from({ length: random.pick([0, 1, 1, 4, 200]) }, () => {
    const back = random.chance(0.8) ? random.below(200) : random.below(65_536);
    return Buffer.from([((about.sequence - back) >> 8) & 0xff, (about.sequence - back) & 0xff, ...random.bytes(2)]);
  });
  return packet(random, 205, 1, Buffer.concat([words(own, about.ssrc), ...fields]));
}

/** Transport-wide feedback: chunks of both kinds, with as many deltas as they say, or not. */
function transportWide(random: Random, { own, about, transportSequence }: Context): Buffer {
  const count = random.pick([0, 1, 10, 60, 2000, 0xffff]);
  const base = random.chance(0.8) ? transportSequence - random.below(100) : random.below(65_536);
  const head = Buffer.alloc(8);
  head.writeUInt16BE(base & 0xffff, 0);
  head.writeUInt16BE(count, 2);
  head.writeUIntBE(random.below(2 ** 24), 4, 3);
  head[7] = random.below(256);
  const chunks = Array.from({ length: random.pick([0, 1, 2, 5, 100]) }, () => {
    const run = random.chance(0.5);
    const value = run
      ? (random.below(4) << 13) | (random.chance(0.8) ? Math.min(count, 60) : random.below(8192))
      : 0x8000 | random.below(32_768);
    return Buffer.from([value >> 8, value & 0xff]);
  });
  const deltas = random.bytes(random.pick([0, 1, 10, 60, 130, 900]));
  return packet(random, 205, 15, Buffer.concat([words(own, about.ssrc), head, ...chunks, deltas]));
}

/** Other feedback of transports: TMMBR, TMMBN, pause, congestion control, numbers nobody gave. */
const otherTransport = (random: Random, { own, about }: Context): Buffer =>
  packet(
    random,
    205,
    random.pick([3, 4, 8, 9, 11, 0, 31]),
    Buffer.concat([words(own, about.ssrc), random.bytes(random.below(60))]),
  );

const pictureLoss = (random: Random, { own, about }: Context): Buffer => packet(random, 206, 1, words(own, about.ssrc));

/** SLI, RPSI, FIR, TSTR, VBCM, layer refresh: with fields of any length. */
const otherPayload = (random: Random, { own, about }: Context): Buffer =>
  packet(
    random,
    206,
    random.pick([2, 3, 4, 5, 6, 7, 10, 31]),
    Buffer.concat([words(own, 0, about.ssrc), random.bytes(random.below(80))]),
  );

/** REMB: as many sources as it says, or not; also application feedback that is none. */
function remb(random: Random, { own, about }: Context): Buffer {
  const count = random.pick([0, 1, 3, 255]);
  const sources = Array.from({ length: random.chance(0.8) ? Math.min(count, 100) : 1 }, () => about.ssrc);
  const rate = Buffer.from([count, ...random.bytes(3)]);
  const name = random.chance(0.9) ? Buffer.from("REMB") : random.bytes(random.below(8));
  return packet(random, 206, 15, Buffer.concat([words(own, 0), name, rate, words(...sources)]));
}

/** RFC 3611: blocks with lengths of their own. */
function extendedReport(random: Random, { own }: Context): Buffer {
  const parts = [words(own)];
  for (let times = random.below(5); times > 0; times--) {
    const body = random.bytes(4 * random.below(12));
    const length = random.chance(0.8) ? body.length / 4 : random.below(65_536);
    parts.push(Buffer.from([random.below(9), random.below(256), length >> 8, length & 0xff]), body);
  }
  return packet(random, 207, 0, Buffer.concat(parts));
}

const others = (random: Random, { own }: Context): Buffer =>
  packet(
    random,
    random.pick([192, 193, 195, 208, 209, 210, 213]),
    random.below(32),
    Buffer.concat([words(own), random.bytes(random.below(40))]),
  );

const kinds = [
  senderReport,
  receiverReport,
  receiverReport,
  sourceDescription,
  goodbye,
  application,
  nack,
  nack,
  nack,
  transportWide,
  transportWide,
  transportWide,
  otherTransport,
  pictureLoss,
  otherPayload,
  remb,
  extendedReport,
  others,
];
