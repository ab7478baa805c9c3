import type { Random } from "./random.ts";

/** Header extensions of `memberOffer`, by number. */
export const extensions = {
  level: 1,
  transportWide: 2,
  sendTime: 3,
  mid: 4,
  orientation: 5,
  rid: 10,
  repairedRid: 11,
  dependencies: 12,
} as const;

export interface Tagged {
  mid: string;
  rid: string | null;
  isRepair: boolean;
}

/** Of one packet: those that its source has, right or with lengths and contents of any kind, in both forms (RFC 8285). */
export function headerExtensions(random: Random, { mid, rid, isRepair }: Tagged, count: number): Buffer {
  const elements: [id: number, value: Buffer][] = [];
  const add = (id: number, of: number, value: () => Buffer) => {
    if (random.chance(of)) elements.push([id, random.chance(0.9) ? value() : random.bytes(random.below(20))]);
  };
  const name = (right: string) => Buffer.from(random.chance(0.95) ? right : random.text().slice(0, 16));
  const counted = Buffer.from([(count >> 8) & 0xff, count & 0xff]);
  add(extensions.mid, 0.7, () => name(mid));
  if (rid !== null) add(isRepair ? extensions.repairedRid : extensions.rid, 0.95, () => name(rid));
  add(extensions.level, 0.3, () => random.bytes(1));
  add(extensions.transportWide, 0.7, () => (random.chance(0.95) ? counted : random.bytes(2)));
  add(extensions.sendTime, 0.2, () => random.bytes(3));
  add(extensions.orientation, 0.1, () => random.bytes(1));
  add(extensions.dependencies, 0.3, () => dependencies(random));
  add(random.below(16), 0.05, () => random.bytes(random.below(16)));
  return written(random, elements);
}

function written(random: Random, elements: readonly [number, Buffer][]): Buffer {
  const isLong = random.chance(0.15) || elements.some(([, { length }]) => length > 16);
  const parts = elements.flatMap(([id, value]) =>
    isLong
      ? [Buffer.from([id, value.length & 0xff]), value]
      : [Buffer.from([(id << 4) | Math.max(0, value.length - 1)]), value.length > 0 ? value : Buffer.alloc(1)],
  );
  let body = Buffer.concat(parts);
  if (random.chance(0.05)) body = random.mutated(body).subarray(0, 400);
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(isLong ? 0x1000 : 0xbede, 0);
  head.writeUInt16BE(random.chance(0.97) ? padded.length / 4 : random.below(400), 2);
  return Buffer.concat([head, padded]);
}

/** A dependency descriptor (AV1 RTP, appendix A): three bytes that every one has, and often a structure, of any bits. */
function dependencies(random: Random): Buffer {
  const fixed = Buffer.from([random.below(256), random.below(256), random.below(256)]);
  const kind = random.next();
  if (kind < 0.3) return fixed;
  // One as Chromium sends it for L1T3, with something changed.
  if (kind < 0.6) return random.mutated(Buffer.from("c0000180003a410180ef808680", "hex")).subarray(0, 250);
  return Buffer.concat([fixed, Buffer.from([0x80 | random.below(128)]), random.bytes(random.below(80))]);
}
