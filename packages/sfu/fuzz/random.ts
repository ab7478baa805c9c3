import { Buffer } from "node:buffer";

/** Numbers from a seed: the same again whenever it is the same (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 <= x < 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** 0 <= n < below */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  chance(of: number): boolean {
    return this.next() < of;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0];
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    for (let at = 0; at < length; at++) bytes[at] = this.below(256);
    return bytes;
  }

  /** Strings that have broken things elsewhere. */
  text(): string {
    return this.pick([
      "",
      "a",
      "\0",
      "\r\na=ice-lite",
      "../../etc/passwd",
      "__proto__",
      "constructor",
      "<script>alert(1)</script>",
      "é".repeat(300),
      "\u202egnp.exe",
      "%s%n%x",
      `TR_${"A".repeat(40)}`,
      "x".repeat(this.below(70_000)),
    ]);
  }

  /** Bytes changed, cut off, put in, put twice. */
  mutated(given: Buffer): Buffer {
    let changed = Buffer.from(given);
    for (let times = 1 + this.below(4); times > 0; times--) {
      const at = this.below(changed.length + 1);
      switch (this.below(6)) {
        case 0:
          if (at < changed.length) changed[at] = this.below(256);
          break;
        case 1:
          if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << this.below(8));
          break;
        case 2:
          changed = changed.subarray(0, at);
          break;
        case 3:
          changed = Buffer.concat([changed.subarray(0, at), this.bytes(this.below(40)), changed.subarray(at)]);
          break;
        case 4:
          changed = Buffer.concat([changed, changed.subarray(at)]).subarray(0, 65_000);
          break;
        default:
          // Lengths and counts are where parsers go wrong.
          if (at < changed.length) changed[at] = this.pick([0, 1, 0x7f, 0x80, 0xfe, 0xff]);
      }
      changed = Buffer.from(changed);
    }
    return changed;
  }
}
