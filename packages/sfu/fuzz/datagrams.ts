import { attributes, methods, stunRequest } from "../contract/kit/stun.ts";
import type { Random } from "./random.ts";

/** What an uninvited machine may know: the address, and of ICE what leaked. */
export interface Known {
  ufrag: string;
  pwd: string;
}

/** STUN that is right, nearly right or wild. */
export function stun(random: Random, { ufrag, pwd }: Known): Buffer {
  const key = random.chance(0.5) ? Buffer.from(pwd) : random.chance(0.5) ? random.bytes(20) : null;
  const name = random.chance(0.7) ? `${ufrag}:peer` : random.text().slice(0, 600);
  const given: [number, Buffer][] = [[attributes.username, Buffer.from(name)]];
  for (let times = random.below(12); times > 0; times--)
    given.push([
      random.pick([...Object.values(attributes), random.below(65_536)] as [number]),
      random.bytes(random.below(80)),
    ]);
  const message = stunRequest(random.pick([methods.binding, 0x002, 0x003, 0x009, 0xfff]), given, key);
  return random.chance(0.6) ? random.mutated(message) : message;
}

/** DTLS records: hellos, alerts, fragments that overlap, data before there are keys. */
export function dtls(random: Random): Buffer {
  const type = random.pick([20, 21, 22, 22, 22, 23, 24, 25, 63]);
  const body = type === 22 ? handshake(random) : random.bytes(random.below(1200));
  const header = Buffer.alloc(13);
  header[0] = type;
  header.writeUInt16BE(random.pick([0xfeff, 0xfefd, 0xfefc, 0x0303, 0]), 1);
  header.writeUInt16BE(random.pick([0, 0, 1, 0xffff]), 3);
  header.writeUIntBE(random.below(2 ** 32), 5, 6);
  header.writeUInt16BE(random.chance(0.9) ? body.length & 0xffff : random.below(65_536), 11);
  return Buffer.concat([header, body]).subarray(0, 60_000);
}

function handshake(random: Random): Buffer {
  const body = random.chance(0.5) ? clientHello(random) : random.bytes(random.below(1000));
  const header = Buffer.alloc(12);
  header[0] = random.pick([0, 1, 1, 2, 11, 12, 14, 15, 16, 20, 255]);
  header.writeUIntBE(random.chance(0.8) ? body.length : random.below(2 ** 24), 1, 3);
  header.writeUInt16BE(random.below(4), 4);
  header.writeUIntBE(random.chance(0.8) ? 0 : random.below(2 ** 24), 6, 3);
  header.writeUIntBE(random.chance(0.8) ? body.length : random.below(2 ** 24), 9, 3);
  return Buffer.concat([header, body]);
}

function clientHello(random: Random): Buffer {
  const suites = Buffer.from("c02bc02fcca9cca8c00ac014009c002f", "hex");
  const srtp = Buffer.from("000e0009000600010008000700", "hex");
  const groups = Buffer.from("000a00080006001d00170018", "hex");
  const extensions = Buffer.concat([srtp, groups, random.bytes(random.below(30))]);
  const length = (buffer: Buffer) => Buffer.from([buffer.length >> 8, buffer.length & 0xff]);
  return random.mutated(
    Buffer.concat([
      Buffer.from("fefd", "hex"),
      random.bytes(32),
      Buffer.from([0, 0]),
      length(suites),
      suites,
      Buffer.from([1, 0]),
      length(extensions),
      extensions,
    ]),
  );
}

/** RTP with any header: counts, extensions of either form that overrun, padding, sources that are others'. */
export function rtp(random: Random, sources: readonly number[]): Buffer {
  const header = Buffer.alloc(12);
  const csrcs = random.chance(0.8) ? 0 : random.below(16);
  const extended = random.chance(0.6);
  header[0] = 0x80 | (random.chance(0.2) ? 0x20 : 0) | (extended ? 0x10 : 0) | csrcs;
  header[1] = random.pick([111, 96, 97, 98, 45, 63, 127, 0, 72, random.below(128)]) | (random.chance(0.3) ? 0x80 : 0);
  header.writeUInt16BE(random.below(65_536), 2);
  header.writeUInt32BE(random.below(2 ** 32), 4);
  header.writeUInt32BE(sources[random.below(sources.length)] ?? random.below(2 ** 32), 8);
  const parts = [header, random.bytes(csrcs * 4)];
  if (extended) parts.push(extension(random));
  parts.push(random.bytes(random.chance(0.1) ? 0 : random.below(1200)));
  const packet = Buffer.concat(parts);
  // The last byte says how much padding there is (RFC 3550, 5.1).
  if (((packet[0] ?? 0) & 0x20) > 0) packet[packet.length - 1] = random.pick([0, 1, 4, 255]);
  return packet;
}

function extension(random: Random): Buffer {
  const words = random.below(20);
  const body = random.bytes(words * 4);
  // One-byte elements whose lengths run on (RFC 8285).
  for (let at = 0; at < body.length; at += 1 + random.below(6))
    body[at] = (random.pick([1, 2, 4, 10, 11, 12, 15]) << 4) | random.below(16);
  const header = Buffer.alloc(4);
  header.writeUInt16BE(random.pick([0xbede, 0xbede, 0x1000, 0x100f, 0]), 0);
  header.writeUInt16BE(random.chance(0.9) ? words : random.below(65_536), 2);
  return Buffer.concat([header, body]);
}

/** Compound RTCP: reports, feedback of every kind, with counts that do not fit. */
export function rtcp(random: Random, sources: readonly number[]): Buffer {
  const parts: Buffer[] = [];
  for (let times = 1 + random.below(4); times > 0; times--) {
    const source = () => sources[random.below(sources.length)] ?? random.below(2 ** 32);
    const words = random.below(60);
    const body = Buffer.alloc(8 + words * 4);
    body.writeUInt32BE(source(), 0);
    body.writeUInt32BE(source(), 4);
    random.bytes(words * 4).copy(body, 8);
    const type = random.pick([200, 201, 202, 203, 204, 205, 205, 205, 206, 206, 207, 208, 192]);
    // Transport-wide feedback (205/15): a run-length chunk that counts thousands of packets.
    if (type === 205 && words > 4) body.writeUInt16BE(random.pick([0x3fff, 0x1fff, 0xffff]), 16);
    const header = Buffer.alloc(4);
    header[0] = 0x80 | (random.chance(0.1) ? 0x20 : 0) | random.pick([0, 1, 4, 8, 15, 15, 31]);
    header[1] = type;
    header.writeUInt16BE(random.chance(0.85) ? body.length / 4 : random.below(65_536), 2);
    parts.push(header, body);
  }
  return Buffer.concat(parts).subarray(0, 1400);
}

/** SCTP over DTLS (RFC 9260): the checksum is right now and then, the chunks seldom. */
export function sctp(random: Random): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(5000, 0);
  header.writeUInt16BE(5000, 2);
  header.writeUInt32BE(random.chance(0.4) ? 0 : random.below(2 ** 32), 4);
  const chunks: Buffer[] = [];
  for (let times = 1 + random.below(4); times > 0; times--) {
    const body = random.bytes(random.chance(0.1) ? 1000 : random.below(60));
    const chunk = Buffer.alloc(4);
    chunk[0] = random.pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 128, 130, 192, 255]);
    chunk[1] = random.below(256);
    chunk.writeUInt16BE(random.chance(0.8) ? 4 + body.length : random.below(65_536), 2);
    chunks.push(chunk, body, Buffer.alloc((4 - (body.length % 4)) % 4));
  }
  const packet = Buffer.concat([header, ...chunks]);
  if (random.chance(0.9)) packet.writeUInt32LE(crc32c(packet), 8);
  return packet.subarray(0, 1200);
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

/** Castagnoli's sum, over a packet whose own sum is zero (RFC 9260, appendix A). */
function crc32c(data: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of data) sum = (table[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
