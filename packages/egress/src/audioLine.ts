import { SAMPLE_RATE } from "./picture.ts";

const PER_MS = SAMPLE_RATE / 1000;
/** A pause longer than this is silence, not lateness, ms. */
const GAP_MS = 250;
/** How many blocks (of 10 ms) a shift must hold before it is believed. */
const WINDOW = 50;
/** Shifts smaller than this stay: moving samples is heard, this is not. ms */
const TOLERANCE_MS = 20;
const KEPT_MS = 3000;

interface Block {
  /** Time of the first sample, ms. */
  at: number;
  samples: Int16Array;
}

/**
 * One microphone's sound on the clock of arrivals. Blocks carry no time of their own: each follows the one before
 * without a seam, and only when all of half a second came later (or sooner) than that puts them, the line moves.
 */
export class AudioLine {
  #blocks: Block[] = [];
  #next: number | null = null;
  #lateness: number[] = [];

  /** @param samples mono, 48 kHz @param arrivedAt when the block was handed over, ms: the end of its sound */
  push(samples: Int16Array, arrivedAt: number): void {
    const length = samples.length / PER_MS;
    const start = arrivedAt - length;
    let kept = samples;
    if (this.#next === null || start - this.#next > GAP_MS) this.#place(start);
    else {
      this.#lateness.push(start - this.#next);
      if (this.#lateness.length >= WINDOW) {
        const shift = Math.min(...this.#lateness);
        this.#lateness = [];
        if (shift > TOLERANCE_MS) this.#place(this.#next + shift);
        else if (shift < -TOLERANCE_MS) kept = samples.subarray(Math.round(Math.min(length, -shift) * PER_MS));
      }
    }
    if (kept.length > 0) this.#blocks.push({ at: this.#next!, samples: kept });
    this.#next! += kept.length / PER_MS;
    this.forget(arrivedAt - KEPT_MS);
  }

  /** Adds the sound from `at` on to `out`, as -1 to 1. */
  mixInto(out: Float32Array, at: number): void {
    for (const block of this.#blocks) {
      const offset = Math.round((block.at - at) * PER_MS);
      if (offset >= out.length) break;
      const from = Math.max(0, -offset);
      const to = Math.min(block.samples.length, out.length - offset);
      for (let i = from; i < to; i++) out[offset + i]! += block.samples[i]! / 32768;
    }
  }

  /** Drops blocks that end before `at`. */
  forget(at: number): void {
    let first = 0;
    for (const block of this.#blocks) {
      if (block.at + block.samples.length / PER_MS > at) break;
      first++;
    }
    if (first > 0) this.#blocks.splice(0, first);
  }

  #place(at: number): void {
    this.#next = at;
    this.#lateness = [];
  }
}
