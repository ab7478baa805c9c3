/** What one direction of a path does to packets. Everything is off by default. */
export interface Conditions {
  /** Share of packets that are lost, each by itself, 0..1. */
  loss?: number;
  /** Losses in bursts (Gilbert's model): chance that one begins at a packet, chance that it ends at one; all within are lost. */
  burst?: { begin: number; end: number };
  /** ms. */
  delay?: number;
  /** Up to so many ms more, wavering; the order stays. */
  jitter?: number;
  /** Share of packets that are held back by so many ms, so that others overtake them. */
  reorder?: { share: number; by: number };
  /** bit/s, behind a queue that holds what takes `queue` ms to send. */
  rate?: { bits: number; queue: number };
  /** Nothing comes through. */
  down?: boolean;
}

/** Where jitter comes and goes: as over a busy radio, it keeps for some packets. */
const jitterPackets = 8;

/** One direction of a path: decides when a packet arrives. Seeded: the same packets at the same times fare the same. */
export class Link {
  readonly #random: () => number;
  #conditions: Conditions = {};
  #inBurst = false;
  #jitter = { from: 0, to: 0, at: 0 };
  /** ms at which the last packet in order arrives, and at which the queue is empty. */
  #ordered = 0;
  #free = 0;

  /** `random`: 0..1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  set(conditions: Conditions): void {
    this.#conditions = conditions;
    this.#inBurst = false;
    this.#ordered = 0;
  }

  /** When a packet of so many bytes that is sent at `now` (ms) arrives; `null`: never. */
  arrival(bytes: number, now: number): number | null {
    const { loss = 0, delay = 0, jitter = 0, reorder, rate, down = false } = this.#conditions;
    // Drawn for each packet, so that what one of them suffers does not change what the next one draws.
    const chance = { loss: this.#random(), burst: this.#random(), jitter: this.#random(), reorder: this.#random() };
    if (down || chance.loss < loss || this.#burst(chance.burst)) return null;
    let at = now;
    if (rate) {
      const queued = Math.max(0, this.#free - now);
      if (queued > rate.queue) return null;
      this.#free = now + queued + (bytes * 8000) / rate.bits;
      at = this.#free;
    }
    at += delay + this.#waver(chance.jitter) * jitter;
    if (reorder && chance.reorder < reorder.share) return at + reorder.by;
    this.#ordered = Math.max(this.#ordered, at);
    return this.#ordered;
  }

  #burst(chance: number): boolean {
    const { burst } = this.#conditions;
    if (!burst) return false;
    this.#inBurst = this.#inBurst ? chance >= burst.end : chance < burst.begin;
    return this.#inBurst;
  }

  /** 0..1, from one chance to the next in some packets. */
  #waver(chance: number): number {
    const { from, to, at } = this.#jitter;
    if (at >= jitterPackets) this.#jitter = { from: to, to: chance, at: 1 };
    else this.#jitter.at += 1;
    return from + ((to - from) * at) / jitterPackets;
  }
}

/** Mulberry32: 0..1, the same row for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
