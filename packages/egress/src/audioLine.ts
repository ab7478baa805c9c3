import { SAMPLE_RATE } from "./picture.ts";

const PER_MS = SAMPLE_RATE / 1000;
/** A pause longer than this is silence, not lateness, ms. */
const GAP_MS = 250;
/** A shift must hold this long before it is believed, ms of sound. */
const WINDOW_MS = 1000;
/** Shifts smaller than this stay: moving samples is heard, this is not. ms */
const TOLERANCE_MS = 15;
/** WebRTC hands over its sound in pieces of this length, each at the moment it is to be played; blocks join some. ms */
const PIECE_MS = 10;
/** Longer than the programme may be behind, hold-back included: its sound is the last thing that it may lose. ms */
const KEPT_MS = 7000;

interface Block {
  /** Time of the first sample, ms. */
  at: number;
  samples: Int16Array;
}

/**
 * One microphone's sound on the clock of arrivals. Blocks carry no time of their own: each follows the one before
 * without a seam, and only when a whole second of them came later (or sooner) than that puts them, the line moves.
 */
export class AudioLine {
  /** Nothing more comes. */
  ended = false;
  #blocks: Block[] = [];
  #next: number | null = null;
  /** Least lateness of the blocks since the last look, and their length, ms. */
  #least = Number.POSITIVE_INFINITY;
  #heard = 0;
  /** Samples to be left out, because the line runs late. */
  #surplus = 0;

  /**
   * @param samples mono, 48 kHz
   * @param arrivedAt when the block was handed over, ms: when its last 10 ms are to be heard. Busy machines hand over
   * late, never early.
   */
  push(samples: Int16Array, arrivedAt: number): void {
    const length = samples.length / PER_MS;
    const start = arrivedAt - length + PIECE_MS;
    if (this.#next === null || start - this.#next > GAP_MS) this.#place(start);
    else {
      this.#least = Math.min(this.#least, start - this.#next);
      this.#heard += length;
      if (this.#heard >= WINDOW_MS) {
        const shift = this.#least;
        if (shift > TOLERANCE_MS) this.#place(this.#next + shift);
        else if (shift < -TOLERANCE_MS) this.#surplus = Math.round(-shift * PER_MS);
        this.#look();
      }
    }
    const kept = samples.subarray(this.#surplus);
    this.#surplus -= samples.length - kept.length;
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

  get empty(): boolean {
    return this.#blocks.length === 0;
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
    this.#surplus = 0;
    this.#next = at;
    this.#look();
  }

  /** Begins to look for lateness anew. */
  #look(): void {
    this.#least = Number.POSITIVE_INFINITY;
    this.#heard = 0;
  }
}
